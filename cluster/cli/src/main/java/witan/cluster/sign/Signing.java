package witan.cluster.sign;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import witan.cluster.client.ApiClient;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Eip712Domain;
import witan.signing.MemberKey;

/**
 * A member who is about to sign.
 *
 * @param council the API's answer
 * @param charter digest of the charter that is shown, reckoned here
 */
public record Signing(
    ApiClient api,
    String token,
    MemberKey key,
    JsonNode council,
    Eip712Domain domain,
    Digest charter,
    PrintWriter out) {
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  /**
   * Reads the council, which is the trusted one where a trust file is given: its charter is read
   * once, so that what was compared is what is signed for.
   */
  public static Signing begin(
      ApiClient api, String token, MemberKey key, @Nullable Path trust, PrintWriter out)
      throws IOException, InterruptedException {
    JsonNode council = api.get("/v1/council", token);
    JsonNode charter = council.path("charter");
    Eip712Domain domain = Json.read(Eip712Domain.class, charter.path("domain"));
    if (trust != null) {
      Confirmation.requireTrusted(charter, domain, trust);
    }
    return new Signing(api, token, key, council, domain, Confirmation.digest(charter), out);
  }

  public Address address() {
    return key.address();
  }

  /** As the charter has it. */
  public String councilId() {
    return council.at("/charter/councilId").asText();
  }

  /** Until when, from now on, what is signed may be handed in; seconds of the epoch. */
  public static long deadline() {
    return Instant.now().plus(LIFETIME).getEpochSecond();
  }
}
