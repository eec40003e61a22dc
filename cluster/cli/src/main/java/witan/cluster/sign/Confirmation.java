package witan.cluster.sign;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.cluster.StartException;
import witan.cluster.client.ApiClient;
import witan.codec.bundle.TrustFile;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.domain.common.Digest;
import witan.domain.governance.Eip712Domain;

/** What a person sees before and after signing. */
public final class Confirmation {
  /** Exit code. */
  public static final int NOT_CONFIRMED = 3;

  private Confirmation() {}

  /** Of a charter; statements name the council by it. */
  static Digest digest(JsonNode charter) {
    return Digest.of(Hashes.sha256(Json.canonical(charter)));
  }

  /** With a trust file: the domain is that of the charter which the voter trusts. */
  public static void requireTrusted(
      ApiClient api, String token, Eip712Domain domain, @Nullable Path trust)
      throws IOException, InterruptedException {
    if (trust != null) {
      requireTrusted(api.get("/v1/council", token).path("charter"), domain, trust);
    }
  }

  /** The same of a charter that was read: what is signed is to be of this one and no other. */
  public static void requireTrusted(JsonNode charter, Eip712Domain domain, Path trust)
      throws IOException {
    if (!digest(charter).equals(TrustFile.parse(Files.readAllBytes(trust)).charterHash())
        || !Json.node(domain).equals(charter.path("domain"))) {
      throw new StartException(
          "this is not the council of " + trust + ": its charter or its EIP-712 domain differs");
    }
  }

  /** Asks on the terminal; a {@link StartException} where there is none. */
  @SuppressWarnings("SystemConsoleNull") // the launcher runs it on Java 17, where null means none
  public static boolean confirmed(String question) {
    Console console = System.console();
    if (console == null) {
      throw new StartException(
          "there is no terminal to ask on; give --yes to do it without a question");
    }
    String answer = console.readLine("%s", question);
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  /** Where it is in the log, and the signed checkpoint that covers it: keep it. */
  public static String receipt(JsonNode receipt) throws IOException {
    Optional<String> size =
        new BufferedReader(new StringReader(receipt.path("checkpoint").asText()))
            .lines()
            .skip(1)
            .findFirst();
    return "log entry "
        + receipt.path("index").asText()
        + ", covered by the checkpoint of size "
        + size.orElse("?")
        + ":\n"
        + receipt.path("checkpoint").asText();
  }
}
