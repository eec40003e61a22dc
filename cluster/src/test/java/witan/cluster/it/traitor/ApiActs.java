package witan.cluster.it.traitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.http.auth.Principal;
import witan.http.auth.Role;
import witan.http.auth.TokenIssuer;
import witan.http.auth.TokenKey;

/** What one with the key of tokens can say in anybody's name. */
final class ApiActs {
  private final HttpClient http = HttpClient.newHttpClient();

  /** An alert in the name of a sensor; the case that it is in. */
  ObjectNode inventAlert(Words words) throws IOException, InterruptedException {
    TokenIssuer issuer = new TokenIssuer(TokenKey.read(words.path("key")), words.text("origin"));
    String token =
        issuer.issue(
            new Principal(
                words.text("sensor"),
                Set.of(Role.SENSOR),
                words.text("cluster"),
                Set.of(),
                Instant.now().plusSeconds(60)));
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(URI.create(words.text("url")))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(words.text("alert")))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    JsonNode outcome = Json.parse(response.body(), Limits.DEFAULT).path("alerts").path(0);
    if (!outcome.hasNonNull("caseId")) {
      throw new IllegalStateException("the alert was answered " + response.statusCode());
    }
    return Words.done().put("case", outcome.get("caseId").asText());
  }
}
