package witan.domain.adoption;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.JsonNumbers;
import witan.domain.common.Refusal;
import witan.domain.detection.Severity;
import witan.domain.governance.CountingMode;
import witan.domain.governance.DecisionRule;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Gravity;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.SignedBy;
import witan.domain.governance.Support;
import witan.domain.governance.Tally;
import witan.domain.governance.Urgency;
import witan.domain.proposal.Electorates;
import witan.domain.proposal.Snapshot;
import witan.domain.registry.AdoptLog;
import witan.domain.registry.Charter;
import witan.domain.registry.CharterHasher;
import witan.domain.registry.Key;
import witan.domain.registry.LogPlace;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryState;
import witan.domain.registry.SignedStatement;
import witan.domain.registry.StatementCheck;

/**
 * Whether the members agreed to a new generation: by the policy that a change of the registry is
 * decided by, as the registry is where the old tree is closed. Nobody can sign against it, so
 * <em>who did not sign is counted as against</em>, and a delegate signs for itself alone.
 *
 * <p>Codes: {@code adoption_unsigned}, {@code statement_reason}, {@code no_council}, {@code
 * statement_out_of_range}, {@code statement_not_this_council}, {@code wrong_statement}, {@code
 * signature_expired}, {@code deadline_too_far}, {@code not_a_member}, {@code signed_twice}, {@code
 * stale_nonce}, those of {@link SignedBy}, {@code adoption_not_supported}, {@code
 * adoption_approvals}.
 */
public final class AdoptionRules {
  /** Members must be found and look for themselves; what they look at does not change. */
  public static final Duration LONGEST = Duration.ofDays(7);

  private final StatementCheck signatures;
  private final CharterHasher hasher;

  public AdoptionRules(StatementCheck signatures, CharterHasher hasher) {
    this.signatures = signatures;
    this.hasher = hasher;
  }

  /**
   * Why it was not agreed to; empty where it was.
   *
   * @param history up to where the old tree is closed, at least
   * @param place of entry 0
   */
  public Optional<Refusal> problem(
      RegistryHistory history, LogPlace place, AdoptionEvent.LogAdopted e) {
    if (e.statements().isEmpty()) {
      return refuse("adoption_unsigned", "no member signed for it", "collect members' statements");
    }
    if (e.reason().isBlank() || e.reason().length() > SignedStatement.MAX_REASON) {
      return refuse(
          "statement_reason",
          "an adoption has a reason of 1 to " + SignedStatement.MAX_REASON + " characters",
          "say why the newer data is lost");
    }
    RegistryState council = history.before(place.index());
    Charter charter = council.charter();
    Policy policy =
        council
            .choose(new Gravity(Urgency.ROUTINE, PolicyTable.MAX_IMPACT, Severity.UNKNOWN))
            .map(PolicyTable.Choice::policy)
            .orElse(null);
    if (charter == null || policy == null) {
      return refuse("no_council", "the closed tree founds no council", "found a council");
    }
    Electorate electorate =
        Electorates.asOf(
                history,
                Snapshot.now(place),
                policy.minimumHolding(),
                policy.weighting(),
                policy.organisationCapBps(),
                Urgency.ROUTINE)
            .orElseThrow();
    return counted(council, charter.domain(), policy, electorate, place, e);
  }

  private Optional<Refusal> counted(
      RegistryState council,
      Eip712Domain domain,
      Policy policy,
      Electorate electorate,
      LogPlace place,
      AdoptionEvent.LogAdopted e) {
    Set<String> members = new HashSet<>();
    Set<String> organisations = new HashSet<>();
    BigInteger signed = BigInteger.ZERO;
    for (SignedAdoption one : e.statements()) {
      Refusal refusal = statement(council, domain, place, e, one);
      if (refusal != null) {
        return Optional.of(refusal);
      }
      Elector elector = electorate.elector(one.statement().member()).orElse(null);
      if (elector == null) {
        return refuse(
            "not_a_member",
            one.statement().member() + " has no vote where the tree is closed",
            "leave that statement out");
      }
      if (!members.add(elector.member())) {
        return refuse(
            "signed_twice", elector.member() + " signed twice", "leave one statement out");
      }
      if (elector.weight().signum() > 0) {
        organisations.add(elector.organisation());
      }
      signed = signed.add(elector.weight());
    }
    return enough(policy, electorate.total(), signed, organisations.size());
  }

  private static Optional<Refusal> enough(
      Policy policy, BigInteger total, BigInteger signed, int organisations) {
    Tally tally =
        Tally.empty(total).plus(Support.FOR, signed).plus(Support.AGAINST, total.subtract(signed));
    // Silence is no participation either.
    DecisionRule rule =
        new DecisionRule(policy.quorumBps(), policy.supportBps(), CountingMode.BRAVO);
    if (!rule.pass(tally)) {
      return refuse(
          "adoption_not_supported",
          signed + " of " + total + " votes were signed, too few for policy " + policy.name(),
          "collect more members' statements");
    }
    return organisations < policy.minimumApprovals()
        ? refuse(
            "adoption_approvals",
            "members of "
                + organisations
                + " organisations signed, of "
                + policy.minimumApprovals()
                + " they must",
            "collect statements of other organisations' members")
        : Optional.empty();
  }

  private @Nullable Refusal statement(
      RegistryState council,
      Eip712Domain domain,
      LogPlace place,
      AdoptionEvent.LogAdopted e,
      SignedAdoption one) {
    AdoptLog said = one.statement();
    long now = place.at().getEpochSecond();
    if (!JsonNumbers.natural(said.nonce()) || !JsonNumbers.natural(said.deadline())) {
      return new Refusal(
          "statement_out_of_range", "nonces and times are from 0 to 2^53 - 1", "sign again");
    }
    if (!said.council().equals(council.charterHash())) {
      return new Refusal(
          "statement_not_this_council", "the statement names another council", "sign again");
    }
    if (said.oldSize() != e.oldSize()
        || !said.oldRoot().equals(e.oldRoot())
        || !said.newOrigin().equals(hasher.text(e.origin()))
        || !said.reasonHash().equals(hasher.text(e.reason()))) {
      return new Refusal(
          "wrong_statement",
          "the statement of " + said.member() + " is of another tree, origin or reason",
          "sign what the plan of this adoption says");
    }
    if (said.deadline() <= now || said.deadline() - now > LONGEST.toSeconds()) {
      return new Refusal(
          said.deadline() <= now ? "signature_expired" : "deadline_too_far",
          "the statement of " + said.member() + " is not for this time",
          "sign with a deadline of at most " + LONGEST.toDays() + " days");
    }
    return signature(council.keys().get(said.member()), domain, one);
  }

  private @Nullable Refusal signature(@Nullable Key key, Eip712Domain domain, SignedAdoption one) {
    AdoptLog said = one.statement();
    Address member = said.member();
    if (key == null || !key.active()) {
      return new Refusal(
          "not_a_member", "no member votes with the key " + member, "leave that statement out");
    }
    if (said.nonce() <= key.nonce()) {
      return new Refusal(
          "stale_nonce",
          "the key " + member + " has signed number " + key.nonce() + " before",
          "sign with a greater nonce");
    }
    return SignedBy.problem(member, () -> signatures.recover(domain, said, one.signature()))
        .orElse(null);
  }

  private static Optional<Refusal> refuse(String code, String message, String hint) {
    return Optional.of(new Refusal(code, message, hint));
  }
}
