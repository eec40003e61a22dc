package witan.actors.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import witan.dev.ApiServerProcess;
import witan.dev.EtcdProcess;
import witan.dev.WitanRoot;

/**
 * Three real API servers, each with an executor of least privilege; {@code gcp} grants it nothing
 * on identities.
 */
public final class ThreeClouds implements AutoCloseable {
  public static final List<String> NAMES = List.of("aws", "azure", "gcp");

  /** Namespaces {@code shop-1} and on, each of which is allowed. */
  static final int MAX_SPACES = 200;

  static final String WITHOUT_IDENTITY = "gcp";

  private final EtcdProcess etcd;
  public final Map<String, ApiServerProcess> servers = new LinkedHashMap<>();
  public final Map<String, String> kubeconfigs = new LinkedHashMap<>();

  private ThreeClouds(EtcdProcess etcd) {
    this.etcd = etcd;
  }

  public static void assumeBinary() {
    Assumptions.assumeTrue(
        ApiServerProcess.binary().isPresent(),
        "SKIPPED: no Kubernetes API server; run ./witan test --with-apiserver");
  }

  public static ThreeClouds start() throws IOException {
    Path folder = Files.createTempDirectory("witan-clouds");
    Path manifests = WitanRoot.find().resolve("deploy/k8s");
    ThreeClouds clouds = new ThreeClouds(EtcdProcess.start(folder.resolve("etcd")));
    try {
      for (String name : NAMES) {
        ApiServerProcess server =
            ApiServerProcess.start(
                ApiServerProcess.binary().orElseThrow(), name, folder.resolve(name), clouds.etcd);
        clouds.servers.put(name, server);
        clouds.kubeconfigs.put(
            name,
            server
                .kubeconfigOf(manifests.resolve("executor-rbac.yaml"), "witan", "witan-executor")
                .toString());
        if (!name.equals(WITHOUT_IDENTITY)) {
          server.apply(manifests.resolve("executor-rbac-identity.yaml"));
        }
      }
      return clouds;
    } catch (RuntimeException e) {
      clouds.close();
      throw e;
    }
  }

  KubernetesSettings settings(Set<String> allowed, long maxPods) {
    Map<String, KubernetesSettings.Cluster> clusters = new LinkedHashMap<>();
    Set<String> spaces =
        IntStream.rangeClosed(1, MAX_SPACES).mapToObj(i -> "shop-" + i).collect(Collectors.toSet());
    kubeconfigs.forEach(
        (name, file) ->
            clusters.put(
                name,
                new KubernetesSettings.Cluster(
                    file,
                    "",
                    new Allowance(
                        allowed,
                        spaces,
                        Allowance.KINDS,
                        "system:serviceaccount:witan:witan-executor",
                        Set.of(),
                        maxPods))));
    return new KubernetesSettings(
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        KubernetesSettings.DEFAULTS.protectedNamespaces(),
        clusters);
  }

  @Override
  public void close() {
    servers.values().forEach(ApiServerProcess::close);
    etcd.close();
  }
}
