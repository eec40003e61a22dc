package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import witan.http.auth.Role;
import witan.http.error.Code;
import witan.http.route.Access;
import witan.http.route.Endpoint;

/** The description served is the API that is there. */
class OpenApiTest {
  private static Api api;
  private static JsonNode openapi;
  private static final Map<String, Endpoint> ENDPOINTS = new TreeMap<>();
  private static final Map<String, JsonNode> OPERATIONS = new TreeMap<>();

  /** Documents that have a format of their own, in the bytes that were logged. */
  private static final Set<String> DOCUMENTS =
      Set.of(
          "GET /v1/cases/{caseId}/bundle",
          "GET /v1/playbooks/{name}",
          "GET /v1/playbook-documents/{digest}",
          "GET /v1/log/entries/{index}");

  @BeforeAll
  static void read() throws Exception {
    api = new Api();
    openapi = new YAMLMapper().readTree(api.get("/v1/openapi.yaml").expect(200).text());
    for (Endpoint e :
        HttpApi.endpoints(api.council.services(), api.settings, () -> FakeCouncil.NOW)) {
      ENDPOINTS.put(e.method() + " " + e.path().replace("*}", "}"), e);
    }
    openapi
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          if (!operation.getKey().equals("parameters")) {
                            OPERATIONS.put(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT)
                                    + " "
                                    + path.getKey(),
                                operation.getValue());
                          }
                        }));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void describesEveryRouteAndNoOther() {
    assertEquals(ENDPOINTS.keySet(), OPERATIONS.keySet());
  }

  @Test
  void saysWhoMayCall() {
    ENDPOINTS.forEach(
        (name, endpoint) -> {
          JsonNode operation = OPERATIONS.get(name);
          if (endpoint.access() instanceof Access.Roles needed) {
            assertEquals(
                needed.roles().stream().map(Role::wire).collect(Collectors.toSet()),
                texts(operation.path("x-roles")),
                name);
            assertTrue(operation.path("security").isMissingNode(), name);
          } else {
            assertEquals("[]", operation.path("security").toString(), name);
          }
        });
  }

  @Test
  void namesEveryQueryParameterAndBodyType() {
    ENDPOINTS.forEach(
        (name, endpoint) -> {
          Set<String> query = new TreeSet<>();
          Set<String> headers = new TreeSet<>();
          for (JsonNode parameter : OPERATIONS.get(name).path("parameters")) {
            JsonNode resolved = resolve(parameter);
            (resolved.path("in").asText().equals("query") ? query : headers)
                .add(resolved.path("name").asText());
          }
          assertEquals(new TreeSet<>(endpoint.parameters()), query, name);
          assertEquals(!endpoint.method().equals("GET"), headers.contains("Idempotency-Key"), name);
          assertEquals(
              endpoint.parameters().contains("minIndex"),
              headers.contains("Witan-Log-Index"),
              name);
          Set<String> types = new TreeSet<>();
          OPERATIONS
              .get(name)
              .path("requestBody")
              .path("content")
              .fieldNames()
              .forEachRemaining(types::add);
          assertEquals(new TreeSet<>(endpoint.body().mediaTypes()), types, name);
        });
  }

  @Test
  void everyAnswerWithAReceiptSaysTheIndexInAHeader() {
    int receipts = 0;
    for (String name : OPERATIONS.keySet()) {
      for (JsonNode response : OPERATIONS.get(name).path("responses")) {
        JsonNode resolved = resolve(response);
        String schema = resolved.at("/content/application~1json/schema/$ref").asText();
        if (schema.endsWith("/Receipt") || schema.endsWith("/PlaybookChanged")) {
          assertEquals(
              "#/components/headers/LogIndex",
              resolved.at("/headers/Witan-Log-Index/$ref").asText(),
              name);
          receipts++;
        }
      }
    }
    assertTrue(receipts > 20, "only " + receipts + " answers");
  }

  @Test
  void listsExactlyTheCodesOfTheTable() {
    Set<String> table = Arrays.stream(Code.values()).map(Code::wire).collect(Collectors.toSet());
    assertEquals(table, texts(openapi.at("/components/schemas/Code/enum")));
    OPERATIONS.forEach(
        (name, operation) ->
            texts(operation.path("x-codes"))
                .forEach(code -> assertTrue(table.contains(code), name + " " + code)));
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> references = new ArrayList<>();
    collect(openapi, references);
    assertTrue(references.size() > 50);
    references.forEach(
        r -> assertTrue(!openapi.at(r.substring(1)).isMissingNode(), "nothing at " + r));
  }

  @Test
  void everySchemaSaysWhatItsRecordWrites() {
    JsonNode schemas = openapi.at("/components/schemas");
    List<String> differences = new ArrayList<>();
    RecordSchemas.all()
        .forEach(
            (name, type) ->
                RecordSchemas.differences(type, schemas.path(name), schemas)
                    .forEach(d -> differences.add(name + ": " + d)));
    assertEquals(List.of(), differences);
  }

  @Test
  void everySchemaOfAnObjectHasARecord() {
    Set<String> objects = new TreeSet<>();
    openapi
        .at("/components/schemas")
        .properties()
        .forEach(
            schema -> {
              JsonNode of = schema.getValue();
              if (of.has("properties") || of.has("oneOf")) {
                objects.add(schema.getKey());
              }
            });
    // What a wallet takes is told by the type that it signs.
    assertTrue(objects.remove("TypedData"));
    assertEquals(RecordSchemas.all().keySet(), objects);
  }

  @Test
  void everyAnswerInJsonIsANamedSchema() {
    OPERATIONS.forEach(
        (name, operation) ->
            operation
                .path("responses")
                .properties()
                .forEach(
                    response -> {
                      JsonNode schema =
                          resolve(response.getValue())
                              .path("content")
                              .path("application/json")
                              .path("schema");
                      boolean document = DOCUMENTS.contains(name);
                      String named = schema.path("items").path("$ref").asText();
                      assertTrue(
                          schema.isMissingNode()
                              || document
                              || schema.has("$ref")
                              || !named.isEmpty(),
                          name + " " + response.getKey());
                    }));
  }

  /** Or the answers of the other tests would fit whatever they were. */
  @Test
  void whatDoesNotFitIsRefused() {
    held("GET", "/v1/health/live", 200, "application/json", "{\"live\":true}");
    assertThrows(AssertionError.class, () -> live(200, "application/json", "{\"live\":1}"));
    assertThrows(AssertionError.class, () -> live(200, "application/json", "{}"));
    assertThrows(
        AssertionError.class, () -> live(200, "application/json", "{\"live\":true,\"x\":1}"));
    assertThrows(AssertionError.class, () -> live(201, "application/json", "{\"live\":true}"));
    assertThrows(AssertionError.class, () -> live(200, "text/plain", "{\"live\":true}"));
    assertThrows(AssertionError.class, () -> live(400, "application/problem+json", "{}"));
    assertThrows(
        AssertionError.class,
        () -> held("POST", "/v1/health/live", 200, "application/json", "{\"live\":true}"));
  }

  private static void live(int status, String type, String body) {
    held("GET", "/v1/health/live", status, type, body);
  }

  private static void held(String method, String path, int status, String type, String body) {
    OpenApi.check(method, path, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void operationIdsAreUnique() {
    Set<String> ids = new TreeSet<>();
    OPERATIONS.values().forEach(o -> assertTrue(ids.add(o.path("operationId").asText())));
  }

  private static void collect(JsonNode node, List<String> references) {
    if (node.path("$ref").isTextual()) {
      references.add(node.path("$ref").asText());
    }
    node.forEach(child -> collect(child, references));
  }

  private static JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? openapi.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
