package witan.domain.reputation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.governance.Support;

/**
 * Who did what in the case that a verdict is about, or in a part of it; from the final set of
 * ballots.
 *
 * @param proposer handle; null where it is in another part, or is nobody
 * @param votes of members
 * @param dutyKept handles of members who voted while on duty
 */
public record VerdictFacts(
    Verdict verdict, @Nullable String proposer, List<Vote> votes, List<String> dutyKept) {
  public VerdictFacts {
    votes = List.copyOf(votes);
    dutyKept = List.copyOf(dutyKept);
  }

  /** How a member voted. */
  public record Vote(String member, Support support) {}
}
