package witan.domain.proposal;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Refusal;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Electorate;
import witan.domain.governance.Gravity;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyLimits;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignedBy;
import witan.domain.registry.RegistryChange;

/** From a member's proposal, or an observed case, to an open vote. */
final class Opening {
  private final ContentHasher hasher;
  private final ContentLookup lookup;
  private final SignatureCheck signatures;
  private final boolean ofVersion1;

  /**
   * The rules.
   *
   * @param ofVersion1 cases are opened by the names that they had before 2026-12 too
   */
  Opening(
      ContentHasher hasher, ContentLookup lookup, SignatureCheck signatures, boolean ofVersion1) {
    this.ofVersion1 = ofVersion1;
    this.hasher = hasher;
    this.lookup = lookup;
    this.signatures = signatures;
  }

  Decision<CaseEvent> propose(CaseState s, CaseCommand.Propose c, Instant now) {
    Optional<Refusal> problem = DraftRules.problem(c.signed());
    if (problem.isPresent()) {
      return new Decision.Refused<>(problem.get());
    }
    CaseId caseId = c.caseId();
    CaseId due = DraftRules.caseId(c.signed(), hasher);
    boolean named =
        (s.caseId() == null && !ofVersion1)
            ? caseId.equals(due)
            : DraftRules.names(caseId, c.signed(), hasher);
    if (!named || (s.caseId() != null && !caseId.equals(s.caseId()))) {
      return Decision.refuse(
          "wrong_case", "the proposal opens case " + due, "send it to that case");
    }
    Long before = s.seqByKey().get(CaseKeys.PROPOSED);
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    if (s.phase() != Phase.UNOPENED) {
      return Phases.wrong(s, Phase.UNOPENED);
    }
    if (c.signed().deadline() <= now.getEpochSecond()) {
      return Decision.refuse(
          "signature_expired", "the signature has expired", "sign with a later deadline");
    }
    problem = unsigned(c.domain(), c.signed());
    if (problem.isPresent()) {
      return new Decision.Refused<>(problem.get());
    }
    Draft draft = c.signed().draft();
    return Decision.accept(
        List.of(
            new CaseEvent.CaseOpened(caseId, draft.councilId(), now),
            new CaseEvent.Proposed(c.signed(), hasher.draft(draft), now)));
  }

  Decision<CaseEvent> open(CaseState s, CaseCommand.OpenVoting c, Instant now) {
    Long before = s.seqByKey().get(CaseKeys.VOTING);
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    CaseId caseId = s.caseId();
    if (s.phase() != Phase.OBSERVING || caseId == null) {
      return Phases.wrong(s, Phase.OBSERVING);
    }
    Optional<Refusal> problem = badOptions(s, c.options()).or(() -> badRules(c));
    if (problem.isPresent()) {
      return new Decision.Refused<>(problem.get());
    }
    Electorate electorate = lookup.electorate(c.electorateDigest());
    if (electorate == null) {
      return new Decision.Missing<>(c.electorateDigest());
    }
    if (!electorate.total().equals(c.total())
        || electorate.registrySeq() != c.registrySeq()
        || !electorate.councilId().equals(s.councilId())) {
      return Decision.refuse(
          "wrong_electorate",
          "council, registry number or total are not those of the electorate",
          "take them from the electorate");
    }
    if (electorate.urgency() != gravity(s, c.options()).urgency()) {
      return Decision.refuse(
          "plan_outdated",
          "alerts that came meanwhile have changed the urgency of the case",
          "plan the response again");
    }
    if (c.total().equals(BigInteger.ZERO)) {
      return Decision.refuse("no_voting_power", "nobody has a vote", "dismiss the case");
    }
    CaseEvent.Proposed proposed = s.proposed();
    if (proposed != null && electorate.elector(proposed.signed().proposer()).isEmpty()) {
      return Decision.refuse(
          "not_a_member",
          proposed.signed().proposer() + " is not in the electorate of this case",
          "propose with the key of a member");
    }
    problem = proposed == null ? Optional.empty() : unsigned(c.domain(), proposed.signed());
    return problem.isPresent()
        ? new Decision.Refused<>(problem.get())
        : Decision.accept(opened(s, caseId, c, now));
  }

  private Optional<Refusal> unsigned(Eip712Domain domain, SignedDraft signed) {
    return SignedBy.problem(
        signed.proposer(), () -> signatures.recover(domain, signed, hasher.draft(signed.draft())));
  }

  private static Gravity gravity(CaseState s, List<ResponseOption> options) {
    CaseEvent.Proposed proposed = s.proposed();
    return proposed == null
        ? Gravity.ofIncident(s.alerts(), options)
        : proposed.signed().draft().gravity();
  }

  private static Optional<Refusal> badOptions(CaseState s, List<ResponseOption> options) {
    CaseEvent.Proposed proposed = s.proposed();
    if (proposed != null) {
      return options.equals(proposed.signed().draft().options())
          ? Optional.empty()
          : refuse("wrong_options", "these are not the options proposed", "use the proposal's");
    }
    if (options.isEmpty()) {
      return refuse("no_options", "there is no option to vote on", "dismiss the case");
    }
    return options.size() > DraftRules.MAX_OPTIONS
        ? refuse(
            "too_many_options",
            "at most " + DraftRules.MAX_OPTIONS + " options",
            "propose the best ones")
        : Optional.empty();
  }

  private static Optional<Refusal> badRules(CaseCommand.OpenVoting c) {
    Policy normal = c.normal();
    return PolicyLimits.problem(c.policy())
        .or(() -> normal == null ? Optional.empty() : PolicyLimits.problem(c.policy(), normal))
        .or(() -> PolicyLimits.problem(c.domain()))
        .flatMap(problem -> refuse("policy_invalid", problem, "use a policy of the council"));
  }

  private static Optional<Refusal> refuse(String code, String message, String hint) {
    return Optional.of(new Refusal(code, message, hint));
  }

  private CaseEvent opened(CaseState s, CaseId caseId, CaseCommand.OpenVoting c, Instant now) {
    SignedDraft signed = s.proposed() == null ? null : s.proposed().signed();
    Policy normal = c.normal();
    ProposalContent content =
        new ProposalContent(
            ProposalContent.VERSION,
            signed == null ? ProposalKind.INCIDENT : signed.draft().kind(),
            caseId,
            AlertDigests.of(
                ProposalContent.VERSION,
                signed == null ? null : signed.draft(),
                s.alerts(),
                hasher),
            c.options(),
            change(signed),
            c.blastRadius(),
            c.provisionalContainment(),
            hasher.policy(c.policy()),
            normal == null ? null : hasher.policy(normal),
            c.electorateDigest());
    return new CaseEvent.VotingOpened(
        content,
        hasher.proposal(content),
        c.policy(),
        normal,
        c.registrySeq(),
        c.total(),
        c.domain(),
        now.plus(c.policy().window()).truncatedTo(ChronoUnit.MILLIS),
        now);
  }

  private static @Nullable RegistryChange change(@Nullable SignedDraft signed) {
    return signed == null ? null : signed.draft().change();
  }
}
