package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import witan.domain.execution.Order;

/**
 * One key of a Secret gets 32 random bytes (base64url text). The old value stays beside it in the
 * annotation, behind the same rights, so that it can be put back; neither is ever logged.
 */
record RotateSecret() implements Marked.Effect {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  @Override
  public String what(Order order) {
    return order.parameter("key");
  }

  @Override
  public Optional<String> refuse(Order order, JsonNode object) {
    if (object.path("immutable").asBoolean()) {
      return Optional.of("the Secret is immutable");
    }
    return value(order, object).isMissingNode()
        ? Optional.of("the Secret has no such key")
        : Optional.empty();
  }

  @Override
  public JsonNode before(Order order, JsonNode object) {
    return Patches.captured(value(order, object));
  }

  @Override
  public ObjectNode change(Order order, JsonNode object) {
    byte[] random = new byte[BYTES];
    RANDOM.nextBytes(random);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    String data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    return Patches.set("data", order.parameter("key"), TextNode.valueOf(data));
  }

  @Override
  public boolean changed(Order order, JsonNode object, JsonNode before) {
    return before.has("value") && !value(order, object).equals(before.path("value"));
  }

  @Override
  public ObjectNode restore(Order order, JsonNode object, JsonNode before) {
    return Patches.set("data", order.parameter("key"), before.path("value"));
  }

  private static JsonNode value(Order order, JsonNode object) {
    return object.path("data").path(order.parameter("key"));
  }
}
