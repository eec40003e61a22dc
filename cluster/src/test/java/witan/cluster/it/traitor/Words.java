package witan.cluster.it.traitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import witan.codec.json.Json;
import witan.domain.common.CaseId;
import witan.domain.governance.SignedBallot;

/** The arguments of an act. */
record Words(JsonNode request) {
  /** What says where something was written. */
  static ObjectNode done(long index) {
    return JsonNodeFactory.instance.objectNode().put("index", index);
  }

  static ObjectNode done() {
    return JsonNodeFactory.instance.objectNode();
  }

  String text(String name) {
    JsonNode value = request.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value.textValue();
  }

  String text(String name, String otherwise) {
    return request.path(name).asText(otherwise);
  }

  boolean has(String name) {
    return request.has(name);
  }

  long number(String name) {
    return Long.parseLong(request.path(name).asText());
  }

  Path path(String name) {
    return Path.of(text(name));
  }

  /** The case that the act is about. */
  CaseId target() {
    return new CaseId(text("case"));
  }

  /** An honest case whose entries are copied. */
  CaseId like() {
    return new CaseId(text("like"));
  }

  JsonNode node(String name) {
    return request.path(name);
  }

  List<SignedBallot> ballots() {
    List<SignedBallot> ballots = new ArrayList<>();
    request.path("ballots").forEach(b -> ballots.add(Json.read(SignedBallot.class, b)));
    return ballots;
  }

  /** What is said instead of what in a copy; the case's own id instead of the honest one's. */
  Map<String, String> instead() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put(like().value(), target().value());
    request
        .path("instead")
        .fields()
        .forEachRemaining(e -> words.put(e.getKey(), e.getValue().asText()));
    return words;
  }
}
