package witan.evidence;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import witan.codec.entry.Entry;
import witan.codec.hash.JcsContentHasher;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Electorates;
import witan.domain.recount.PolicyEvidence;
import witan.domain.registry.Charter;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryState;
import witan.domain.registry.RegistryVersions;
import witan.signing.StatementSignatures;

/** That the weights come from the charter that is trusted. */
final class CouncilChecks {
  private static final JcsContentHasher HASHER = new JcsContentHasher();
  private static final StatementSignatures SIGNATURES = new StatementSignatures();
  private static final RegistryAggregate RULES = new RegistryAggregate(HASHER, SIGNATURES);
  private static final RegistryAggregate RULES_OF_VERSION_1 =
      RegistryAggregate.ofVersion1(HASHER, SIGNATURES);
  private static final RegistryAggregate RULES_OF_VERSION_3 =
      RegistryAggregate.ofVersion3(HASHER, SIGNATURES);

  private CouncilChecks() {}

  /** The founding by the trusted charter, signed by every founder, and what the rules allow. */
  static Found<Council> founding(List<Logged<RegistryEvent>> registry, Digest trusted) {
    RegistryVersions versions = new RegistryVersions(RULES);
    for (Logged<RegistryEvent> logged : registry) {
      allowed(versions.current(), logged);
      versions.add(logged.index(), logged.event());
      if (logged.event() instanceof RegistryEvent.CouncilFounded e) {
        trusted(e, trusted);
      }
    }
    Charter charter = versions.current().charter();
    if (charter == null) {
      throw new CheckFailed("the registry has no founding");
    }
    return new Found<>(
        new Council(charter, versions, registry),
        "charter "
            + trusted
            + " is the trusted one, signed by all "
            + charter.seats().size()
            + " founders; "
            + (registry.size() - 1)
            + " later entries of the registry follow its rules and are signed");
  }

  /** The entry is what the rules make of the command that it can only have come from. */
  static void allowed(RegistryState state, Logged<RegistryEvent> logged) {
    RegistryEvent event = logged.event();
    Decision<RegistryEvent> decision =
        rules(logged.entry().v()).decide(state, RegistryReplay.command(event), event.at());
    CheckFailed.unless(
        decision.equals(Decision.accept(event)),
        "the rules of a registry do not allow its number "
            + logged.entry().seq()
            + (decision instanceof Decision.Refused<RegistryEvent> refused
                ? ": " + refused.refusal().code() + ", " + refused.refusal().message()
                : ""));
  }

  private static RegistryAggregate rules(int version) {
    if (version == Entry.OLD_VERSION) {
      return RULES_OF_VERSION_1;
    }
    return version < Entry.MEMBERS_WORD ? RULES_OF_VERSION_3 : RULES;
  }

  /** The charter is the trusted one; that its founders signed it is one of the rules. */
  static void trusted(RegistryEvent.CouncilFounded e, Digest trusted) {
    Digest hash = HASHER.charter(e.charter());
    CheckFailed.unless(
        hash.equals(trusted) && hash.equals(e.charterHash()),
        "the council was founded by charter " + hash + ", trusted is " + trusted);
  }

  /**
   * The weights, made again from the registry, are those of the bundle and those that the vote
   * opened with; the registry was in the log before the vote.
   */
  static String electorate(Council council, CaseFile file, Electorate claimed) {
    Optional<CaseFile.Numbered<CaseEvent.VotingOpened>> vote =
        file.first(CaseEvent.VotingOpened.class);
    Electorate made =
        vote.map(v -> made(council, file, v.event().policy()))
            .orElseGet(() -> Unvoted.electorate(council.history(), file.snapshot()));
    CheckFailed.unless(
        made.equals(claimed), "the registry gives other weights than the bundle's electorate");
    vote.ifPresent(v -> opened(v, made, council));
    BigInteger total = made.total();
    return made.electors().size()
        + " members hold "
        + total
        + " votes by the registry at its number "
        + made.registrySeq()
        + file.byWhichRules();
  }

  /** The electorate that a vote had to be opened with: the one with the digest that it names. */
  static Electorate electorate(
      Council council, CaseFile file, CaseFile.Numbered<CaseEvent.VotingOpened> vote) {
    Electorate made = made(council, file, vote.event().policy());
    opened(vote, made, council);
    return made;
  }

  /** By the policy that the vote froze, and the urgency that the evidence gives. */
  private static Electorate made(Council council, CaseFile file, Policy policy) {
    return Electorates.asOf(
            council.history(),
            file.snapshot(),
            policy.minimumHolding(),
            policy.weighting(),
            policy.organisationCapBps(),
            new PolicyEvidence(file.events()).urgency())
        .orElseThrow(() -> new CheckFailed("there is no electorate before the founding"));
  }

  private static void opened(
      CaseFile.Numbered<CaseEvent.VotingOpened> vote, Electorate made, Council council) {
    CaseEvent.VotingOpened e = vote.event();
    CheckFailed.unless(
        e.content().snapshotDigest().equals(HASHER.electorate(made))
            && e.registrySeq() == made.registrySeq()
            && e.total().equals(made.total()),
        "the vote was opened with other weights than the registry gives");
    CheckFailed.unless(
        council.index(made.registrySeq()) < vote.index(),
        "the vote is earlier in the log than the registry it counts by");
  }
}
