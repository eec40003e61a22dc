package witan.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerProcessIT {
  @TempDir Path dir;

  @Test
  void threeClustersShareOneEtcdAndKnowNothingOfEachOther() throws IOException {
    Assumptions.assumeTrue(
        ApiServerProcess.binary().isPresent(),
        "SKIPPED: no Kubernetes API server; run ./witan test --with-apiserver");
    Path binary = ApiServerProcess.binary().orElseThrow();
    List<ApiServerProcess> clusters = new ArrayList<>();
    try (EtcdProcess etcd = EtcdProcess.start(dir.resolve("etcd"))) {
      try {
        for (String name : List.of("aws", "azure", "gcp")) {
          long begin = System.nanoTime();
          clusters.add(ApiServerProcess.start(binary, name, dir.resolve(name), etcd));
          System.out.printf(
              "Kubernetes %s as %s: ready after %d ms%n",
              clusters.get(clusters.size() - 1).version(),
              name,
              (System.nanoTime() - begin) / 1_000_000);
        }
        check(clusters);
      } finally {
        clusters.forEach(ApiServerProcess::close);
      }
    }
  }

  private static void check(List<ApiServerProcess> clusters) throws IOException {
    ApiServerProcess first = clusters.get(0);
    String map = "{\"metadata\":{\"name\":\"only-here\"}}";
    assertEquals(
        201,
        first
            .admin("POST", "/api/v1/namespaces/default/configmaps", "application/json", map)
            .status());
    assertEquals(
        404,
        clusters
            .get(1)
            .admin("GET", "/api/v1/namespaces/default/configmaps/only-here", "", "")
            .status());
    assertEquals(3, clusters.stream().map(ApiServerProcess::uri).distinct().count());
    assertEquals(1, changes(first, "only-here"), "an answered change is in the audit log, once");
    assertEquals(0, changes(clusters.get(1), "only-here"), "a read is not");

    Path manifest = WitanRoot.find().resolve("deploy/k8s/executor-rbac.yaml");
    Path one = first.kubeconfigOf(manifest, "witan", "witan-executor");
    Path other = clusters.get(1).kubeconfigOf(manifest, "witan", "witan-executor");
    assertTrue(Files.readString(one).contains("token: "), "the executor has a token");
    assertNotEquals(Files.readString(one), Files.readString(other));
    assertFalse(Files.readString(one).contains("client-key"), "and no administrator's key");
    assertTrue(Files.readString(first.adminKubeconfig()).contains("client-key"));
  }

  private static long changes(ApiServerProcess server, String text) throws IOException {
    return Files.readAllLines(server.auditLog()).stream().filter(l -> l.contains(text)).count();
  }
}
