package witan.actors.kubernetes;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.secret.SecretRefused;

class CredentialsTest {
  private static final String TOKEN = "nobody-knows-this";

  @TempDir Path folder;

  @Test
  void aKubeconfigThatOthersMayReadIsRefusedByItsCluster() throws IOException {
    Path config = kubeconfig("token: " + TOKEN);
    assertDoesNotThrow(() -> connect(config));
    mode(config, "rw-r--r--");
    assertRefused(config, config);
  }

  @Test
  void soIsATokenThatItNames() throws IOException {
    Path token = mode(Files.writeString(folder.resolve("token"), TOKEN), "rw-------");
    Path config = kubeconfig("tokenFile: " + token);
    assertDoesNotThrow(() -> connect(config));
    mode(token, "rw-r--r--");
    assertRefused(config, token);
  }

  private void assertRefused(Path config, Path named) {
    String said = assertThrows(SecretRefused.class, () -> connect(config)).getMessage();
    assertTrue(said.startsWith("witan.kubernetes.clusters.eu-1: " + named), said);
    assertTrue(said.contains("chmod 600 " + named), said);
    assertFalse(said.contains(TOKEN), said);
  }

  private static void connect(Path kubeconfig) {
    KubernetesSettings defaults = KubernetesSettings.DEFAULTS;
    KubernetesActions.connect(
        new KubernetesSettings(
            defaults.connectTimeout(),
            defaults.callTimeout(),
            defaults.protectedNamespaces(),
            Map.of(
                "eu-1",
                new KubernetesSettings.Cluster(
                    kubeconfig.toString(),
                    "",
                    Allowance.of(Set.of("quarantine-label"), Set.of("shop"), Set.of("Pod"), 1)))));
  }

  private Path kubeconfig(String credentials) throws IOException {
    return mode(
        Files.writeString(
            folder.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            current-context: eu
            clusters: [{name: eu, cluster: {server: "http://127.0.0.1:1"}}]
            users: [{name: me, user: {%s}}]
            contexts: [{name: eu, context: {cluster: eu, user: me}}]
            """
                .formatted(credentials.replace(": ", ": \"") + "\"")),
        "rw-------");
  }

  private static Path mode(Path file, String permissions) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
