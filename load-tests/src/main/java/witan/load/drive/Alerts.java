package witan.load.drive;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import witan.load.crypto.Hashes;

/** Alerts as Falco emits them, each about a pod of its own, so each opens a case. */
public final class Alerts {
  private Alerts() {}

  /**
   * An alert that happens now.
   *
   * @param id unique; becomes the alert's id and names the pod: {@code a-z 0-9 -}
   * @param priority {@code Critical} or {@code Notice}
   */
  public static byte[] falco(String id, String priority) {
    ObjectNode alert = JsonNodeFactory.instance.objectNode();
    alert
        .put("hostname", "load-worker")
        .put("output", "A shell was spawned in a container (" + id + ")")
        .put("priority", priority)
        .put("rule", "Terminal shell in container")
        .put("source", "syscall")
        .put("time", Instant.now().toString())
        .put("uuid", id);
    alert.putArray("tags").add("T1059").add("container");
    alert
        .putObject("output_fields")
        .put("k8s.ns.name", "load")
        .put("k8s.pod.name", id)
        .put("proc.name", "sh")
        .put("user.name", "root");
    return Hashes.utf8(alert.toString());
  }
}
