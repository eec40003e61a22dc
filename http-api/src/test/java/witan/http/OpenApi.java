package witan.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Holds an answer against {@code openapi.yaml}: path, method, status, media type, and JSON against
 * its schema. It is stricter than the description's readers have to be: of an object whose
 * properties are named, no other is let pass. Thread-safe.
 */
public final class OpenApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEMAS = "#/components/schemas/";
  private static final OpenApi DESCRIPTION = new OpenApi();

  private final JsonNode root;
  private final ObjectNode schemas;
  private final List<Path> paths;
  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final Map<String, JsonSchema> known = new ConcurrentHashMap<>();

  private record Path(Pattern pattern, JsonNode operations, int places) {}

  private OpenApi() {
    try (InputStream in = HttpApi.class.getResourceAsStream("/witan/http/openapi.yaml")) {
      root = new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    schemas = root.at("/components/schemas").deepCopy();
    schemas.forEach(OpenApi::close);
    // A code that is not listed comes with 422, by its own description.
    ((ObjectNode) schemas.path("Code")).remove("enum");
    paths =
        root.path("paths").properties().stream()
            .map(
                path ->
                    new Path(
                        Pattern.compile(
                            path.getKey()
                                .replace(".", "[.]")
                                .replace("{tile}", ".*")
                                .replaceAll("\\{\\w+}", "[^/]+")),
                        path.getValue(),
                        path.getKey().split("\\{", -1).length))
            .sorted(Comparator.comparingInt(Path::places))
            .toList();
  }

  /**
   * Fails with what does not fit.
   *
   * @param path of the request, without its query
   * @param contentType of the answer
   */
  public static void check(
      String method, String path, int status, String contentType, byte[] body) {
    List<String> wrong = DESCRIPTION.problems(method, path, status, contentType, body);
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          method
              + " "
              + path
              + " was answered with "
              + status
              + " "
              + contentType
              + " against openapi.yaml: "
              + wrong
              + "\n"
              + new String(body, StandardCharsets.UTF_8));
    }
  }

  private List<String> problems(
      String method, String path, int status, String contentType, byte[] body) {
    String type = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    // What is refused before there is an operation is described nowhere but in the schema.
    if (type.equals("application/problem+json")) {
      return status < 400
          ? List.of("a problem with that status")
          : against(reference("Problem"), new String(body, StandardCharsets.UTF_8));
    }
    JsonNode operation =
        paths.stream()
            .filter(p -> p.pattern().matcher(path).matches())
            .map(p -> p.operations().path(method.toLowerCase(Locale.ROOT)))
            .filter(o -> !o.isMissingNode())
            .findFirst()
            .orElse(null);
    if (operation == null) {
      return List.of("no such operation");
    }
    JsonNode response = resolve(operation.path("responses").path(String.valueOf(status)));
    if (response.isMissingNode()) {
      return List.of("no such status");
    }
    JsonNode media = response.path("content").path(type);
    if (media.isMissingNode()) {
      return List.of("no such media type");
    }
    String text = new String(body, StandardCharsets.UTF_8);
    return switch (type) {
      case "application/json" -> against(media.path("schema"), text);
      case "text/event-stream" -> lines(text, "data:", reference("Event"));
      case "application/x-ndjson" -> lines(text, "", eitherOf("AlertLine", "AlertCounts"));
      default -> List.of();
    };
  }

  private List<String> lines(String text, String prefix, JsonNode schema) {
    List<String> wrong = new ArrayList<>();
    text.lines()
        .filter(line -> line.startsWith(prefix) && !line.isBlank())
        .forEach(line -> wrong.addAll(against(schema, line.substring(prefix.length()))));
    return wrong;
  }

  private List<String> against(JsonNode schema, String text) {
    JsonSchema compiled =
        known.computeIfAbsent(
            schema.toString(),
            key -> {
              ObjectNode document = JSON.createObjectNode();
              document.set("components", JSON.createObjectNode().set("schemas", schemas));
              return factory.getSchema(document.setAll((ObjectNode) schema.deepCopy()));
            });
    try {
      Set<ValidationMessage> found = compiled.validate(JSON.readTree(text));
      return found.stream().map(ValidationMessage::getMessage).toList();
    } catch (IOException e) {
      return List.of("no JSON: " + e.getMessage());
    }
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static ObjectNode reference(String schema) {
    return JSON.createObjectNode().put("$ref", SCHEMAS + schema);
  }

  private static ObjectNode eitherOf(String one, String other) {
    ObjectNode either = JSON.createObjectNode();
    either.putArray("anyOf").add(reference(one)).add(reference(other));
    return either;
  }

  /** One of several kinds of record has more members than its kind. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")
        && !(object.path("properties").size() == 1 && object.path("properties").has("kind"))) {
      object.put("additionalProperties", false);
    }
    schema.forEach(OpenApi::close);
  }
}
