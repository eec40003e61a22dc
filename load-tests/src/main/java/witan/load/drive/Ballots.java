package witan.load.drive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import witan.load.client.LoadClient;
import witan.load.crypto.Hashes;
import witan.load.crypto.Jcs;
import witan.load.crypto.TypedHash;

/**
 * The ballots of one open proposal. The API's typed data is asked for once; each digest is then
 * computed here, as a wallet would.
 *
 * @param template a ballot of that proposal
 */
public record Ballots(String caseId, JsonNode domain, JsonNode template) {
  private static final long LOOK_MS = 100;

  /**
   * A ballot, signed and ready to post.
   *
   * @param digest SHA-256 of the canonical bytes, its idempotency key in the log
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Signed(
      String caseId, String voter, String support, String optionMask, byte[] body, String digest) {
    public String path() {
      return "/v1/proposals/" + caseId + "/votes";
    }
  }

  /** The API does not show a case though it said that it is in the log. */
  public static final class UnreadException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient LoadClient.Answer answer;

    UnreadException(String path, LoadClient.Answer answer) {
      super("GET " + path + " does not show what was acknowledged: " + answer.text());
      this.answer = answer;
    }

    LoadClient.Answer answer() {
      return answer;
    }
  }

  /**
   * Waits until the vote of a case is open whose alert was acknowledged; throws IOException when it
   * is not within the limit, at once when there is no such case.
   */
  public static Ballots of(LoadClient api, String caseId, Council.Voter anybody, Duration limit)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    String path =
        "/v1/proposals/"
            + caseId
            + "/typed-data?support=for&options=0&voter="
            + anybody.signer().address();
    while (true) {
      LoadClient.Answer answer = api.get(path);
      if (answer.accepted()) {
        return checked(caseId, answer.json());
      }
      if (answer.json().path("code").asText().equals("case_not_found")) {
        throw new UnreadException(path, answer);
      }
      if ((answer.status() != 404 && answer.status() != 409) || System.nanoTime() > deadline) {
        throw new IOException("GET " + path + ": " + answer.status() + " " + answer.text());
      }
      Thread.sleep(LOOK_MS);
    }
  }

  private static Ballots checked(String caseId, JsonNode data) throws IOException {
    JsonNode domain = data.path("typedData").path("domain");
    JsonNode ballot = data.path("ballot");
    String ours = "0x" + Hashes.hex(TypedHash.vote(domain, ballot));
    if (!ours.equals(data.path("digest").asText())) {
      throw new IOException(
          "the API's digest " + data.path("digest").asText() + " is not EIP-712's " + ours);
    }
    return new Ballots(caseId, domain, ballot);
  }

  /** Signs; {@code support} is FOR (of option 0), AGAINST or ABSTAIN. */
  public Signed sign(Council.Voter voter, String support) {
    String mask = "FOR".equals(support) ? "1" : "0";
    ObjectNode ballot = template.deepCopy();
    ballot
        .put("voter", voter.signer().address())
        .put("support", support.toUpperCase(Locale.ROOT))
        .put("optionMask", mask)
        .put("nonce", 1);
    ObjectNode signed = JsonNodeFactory.instance.objectNode();
    signed.set("ballot", ballot);
    signed.put("signature", voter.signer().sign(TypedHash.vote(domain, ballot)));
    byte[] body = Jcs.bytes(signed);
    return new Signed(
        caseId, voter.signer().address(), support, mask, body, Hashes.hex(Hashes.sha256(body)));
  }
}
