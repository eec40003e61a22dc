package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import witan.codec.json.Json;

/** Requests as canonical JSON: the body that is sent, and the list that is logged. */
final class RequestJson {
  private RequestJson() {}

  static String of(List<KubernetesRequest> requests) {
    return new String(
        canonical(requests.stream().map(KubernetesRequest::tree).toList()), StandardCharsets.UTF_8);
  }

  static byte[] body(KubernetesRequest request) {
    return request.body() == null ? new byte[0] : canonical(request.body());
  }

  private static byte[] canonical(Object tree) {
    return Json.canonical(Json.mapper().<JsonNode>valueToTree(tree));
  }
}
