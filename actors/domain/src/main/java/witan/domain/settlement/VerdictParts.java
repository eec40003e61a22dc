package witan.domain.settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import witan.domain.governance.Electorate;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Voting;
import witan.domain.registry.RegistryLimits;
import witan.domain.registry.RegistryState;
import witan.domain.reputation.Verdict;
import witan.domain.reputation.VerdictFacts;

/** What a registry is told of a case's verdict, in parts that fit an entry each. */
public final class VerdictParts {
  private VerdictParts() {}

  /**
   * The proposer in the first part, the final ballots and the duties kept over all of them. The
   * same parts whenever they are made.
   *
   * @param council the registry when the vote opened
   */
  public static List<VerdictFacts> of(
      Verdict verdict, CaseState sealed, Electorate electorate, RegistryState council) {
    String proposer = Proposers.of(sealed, electorate, council).orElse(null);
    List<VerdictFacts.Vote> votes = votes(sealed.voting(), electorate);
    List<String> kept = Duty.kept(sealed, electorate, council);
    List<VerdictFacts> parts = new ArrayList<>();
    int most = Math.max(votes.size(), kept.size());
    for (int from = 0; from == 0 || from < most; from += RegistryLimits.MAX_LINES) {
      parts.add(
          new VerdictFacts(
              verdict, from == 0 ? proposer : null, part(votes, from), part(kept, from)));
    }
    return parts;
  }

  private static <T> List<T> part(List<T> all, int from) {
    int to = Math.min(all.size(), from + RegistryLimits.MAX_LINES);
    return from >= to ? List.of() : all.subList(from, to);
  }

  /** The last ballot of each member, by handle. */
  private static List<VerdictFacts.Vote> votes(@Nullable Voting voting, Electorate electorate) {
    TreeMap<String, VerdictFacts.Vote> votes = new TreeMap<>();
    if (voting != null) {
      voting
          .votes()
          .forEach(
              (address, cast) ->
                  electorate
                      .elector(address)
                      .ifPresent(
                          e ->
                              votes.put(
                                  e.member(),
                                  new VerdictFacts.Vote(
                                      e.member(), cast.signed().ballot().support()))));
    }
    return new ArrayList<>(votes.values());
  }
}
