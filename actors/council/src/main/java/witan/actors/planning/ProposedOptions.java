package witan.actors.planning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.codec.playbook.PlaybookImpact;
import witan.domain.playbook.Parsed;
import witan.domain.playbook.PlaybookParser;

/** What a member's own options must be, by their playbooks. */
final class ProposedOptions {
  private static final String UNKNOWN_CONNECTION = "unknown_connection";

  private ProposedOptions() {}

  /** Why the case is dismissed; empty where they can be voted on. */
  static Optional<String> unfit(List<OptionSource.Candidate> candidates) {
    for (OptionSource.Candidate candidate : candidates) {
      JsonNode document = Json.parse(candidate.playbook(), Limits.DEFAULT);
      if (PlaybookImpact.of(document) != candidate.option().impact()) {
        return Optional.of("wrong_impact");
      }
      if (hasAddresses(document)) {
        return Optional.of(UNKNOWN_CONNECTION);
      }
    }
    return Optional.empty();
  }

  /** None is published like that; one of before there were connections may be in use. */
  private static boolean hasAddresses(JsonNode document) {
    return PlaybookParser.parse(Json.toTree(document)) instanceof Parsed.Refused refused
        && refused.problems().stream().anyMatch(p -> p.code().equals(UNKNOWN_CONNECTION));
  }
}
