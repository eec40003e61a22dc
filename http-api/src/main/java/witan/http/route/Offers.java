package witan.http.route;

import java.util.Map;
import witan.answers.Answers;
import witan.answers.votes.ToSign;

/** What a member is asked to sign, as an answer. */
final class Offers {
  private Offers() {}

  /** Of {@link witan.signing.TypedData}'s offer. */
  static ToSign of(Map<String, Object> offer) {
    return new ToSign(
        Answers.node(offer.getOrDefault("typedData", Map.of())),
        String.valueOf(offer.get("digest")));
  }
}
