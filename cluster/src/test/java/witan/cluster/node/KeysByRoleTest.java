package witan.cluster.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.domain.governance.BlastRadius;
import witan.secret.SecretRefused;

/** Which of the secrets that its settings name a node reads, or makes. */
class KeysByRoleTest {
  @TempDir Path folder;

  private NodeSettings with(String roles) {
    return NodeSettings.of(
        ConfigFactory.parseString(
                """
                witan.node { roles = "%2$s", create-keys = on }
                witan.log { key-file = "%1$s/log.key", public-key-file = "%1$s/log.pub" }
                witan.execution.key-file = "%1$s/executor.key"
                witan.http { token-key-file = "%1$s/token.key", pseudonym-key-file = "%1$s/pseudonym.key" }
                witan.kubernetes.clusters.eu { kubeconfig = "%1$s/eu.yaml", allowed-actions = [] }
                """
                    .formatted(folder, roles))
            .withFallback(ConfigFactory.load())
            .resolve());
  }

  /** What a node of these roles has made, where nothing was. */
  private List<String> made(String roles) throws IOException {
    NodeSettings settings = with(roles);
    new NodeApi(settings);
    ExecutorWiring.key(settings);
    new NodeKeys(true).log(settings.runtime(), settings.has("log"));
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aNodeOfTheLogHasTheLogsKeyAlone() throws IOException {
    assertEquals(List.of("log.key", "log.pub"), made("case,log"));
  }

  @Test
  void aNodeOfTheApiHasTheKeysOfTokensAndPseudonymsAlone() throws IOException {
    made("log");
    Files.delete(folder.resolve("log.key"));
    assertEquals(List.of("log.pub", "pseudonym.key", "token.key"), made("api"));
  }

  @Test
  void aNodeThatExecutesHasItsOwnKeyAndTheClustersCredentials() throws IOException {
    made("log");
    Files.delete(folder.resolve("log.key"));
    assertEquals(List.of("executor.key", "log.pub"), made("executor"));
    assertThrows(SecretRefused.class, () -> ExecutorWiring.actions(with("executor")));
  }

  @Test
  void noOtherNodeReadsAClustersCredentials() {
    assertEquals(BlastRadius.REHEARSAL, ExecutorWiring.actions(with("api,case,log")).adapter());
  }
}
