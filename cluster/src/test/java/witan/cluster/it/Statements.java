package witan.cluster.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import witan.codec.json.Json;
import witan.log.tree.Hashing;

/** What members of the council under test say of cases. */
final class Statements {
  static final String REASON = "the owner says so";

  private Statements() {}

  /**
   * Signs what is offered, and hands it in with a voter's token.
   *
   * @param path to post to
   * @param more of the query of the offer, from {@code &} on
   */
  static Api.Reply say(Stack stack, String path, String more, String member) throws Exception {
    JsonNode toSign =
        stack.api.json(
            path
                + "/typed-data?member="
                + Ballots.address(member)
                + "&reasonHash="
                + Hashing.sha256(REASON.getBytes(StandardCharsets.UTF_8)).hex()
                + more);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("statement", toSign.get("statement"));
    body.put("reason", REASON);
    body.put("signature", Ballots.signature(member, toSign));
    return stack.api.asVoter(path, Json.canonical(body));
  }
}
