package witan.evidence;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import witan.codec.hash.JcsContentHasher;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Notice;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryState;
import witan.domain.reputation.VerdictFacts;
import witan.domain.settlement.BondSettlement;
import witan.domain.settlement.Duty;
import witan.domain.settlement.Proposers;
import witan.domain.settlement.VerdictParts;
import witan.domain.stake.Attendance;
import witan.signing.BallotSignatures;

/**
 * That bond, absences and verdict of the bundle's case are what its ballots make of them. What was
 * slashed follows from these facts by the registry's rules, which {@link CouncilChecks} replays;
 * the facts of other cases can be checked with their bundles only.
 */
final class SettlementChecks {
  private static final JcsContentHasher HASHER = new JcsContentHasher();
  private static final BallotSignatures SIGNATURES = new BallotSignatures();

  private final Council council;
  private final List<Logged<RegistryEvent>> stakes;
  private final CaseFile file;
  private final Electorate electorate;
  private final CaseState state;
  private final CaseFile.Numbered<CaseEvent.VotingOpened> vote;
  private final RegistryState opening;
  private final List<String> found = new ArrayList<>();

  private SettlementChecks(
      Council council,
      List<Logged<RegistryEvent>> stakes,
      CaseFile file,
      Electorate electorate,
      CaseFile.Numbered<CaseEvent.VotingOpened> vote) {
    this.council = council;
    this.stakes = stakes;
    this.file = file;
    this.electorate = electorate;
    this.vote = vote;
    this.state = file.state();
    this.opening = file.registryAtOpening(council.history()).orElse(RegistryState.EMPTY);
  }

  /** The case whose bond, absences or verdict it is about. */
  static Optional<CaseId> caseOf(RegistryEvent event) {
    if (event instanceof RegistryEvent.BondPosted e) {
      return Optional.of(e.caseId());
    } else if (event instanceof RegistryEvent.BondSettled e) {
      return Optional.of(e.caseId());
    } else if (event instanceof RegistryEvent.AbsencesSettled e) {
      return Optional.of(e.caseId());
    } else if (event instanceof RegistryEvent.VerdictRecorded e) {
      return Optional.of(e.caseId());
    }
    return Optional.empty();
  }

  static String check(Council council, CaseFile file, Electorate electorate) {
    List<Logged<RegistryEvent>> stakes =
        council.entries().stream()
            .filter(logged -> caseOf(logged.event()).equals(Optional.of(file.caseId())))
            .toList();
    return check(council, stakes, file, electorate);
  }

  /**
   * The same.
   *
   * @param stakes the registry's entries {@link #caseOf} this case
   */
  static String check(
      Council council, List<Logged<RegistryEvent>> stakes, CaseFile file, Electorate electorate) {
    Optional<CaseFile.Numbered<CaseEvent.VotingOpened>> vote =
        file.first(CaseEvent.VotingOpened.class);
    if (vote.isEmpty()) {
      return "there was no vote";
    }
    SettlementChecks checks = new SettlementChecks(council, stakes, file, electorate, vote.get());
    checks.bond();
    checks.absences();
    checks.verdict();
    return checks.found.isEmpty() ? "nothing is settled yet" : String.join("; ", checks.found);
  }

  private void bond() {
    BigInteger bond = vote.event().policy().bond();
    boolean byHand = file.first(CaseEvent.Proposed.class).isPresent();
    boolean posted = false;
    for (Logged<RegistryEvent> logged : stakes) {
      if (logged.event() instanceof RegistryEvent.BondPosted e) {
        posted = true;
        CheckFailed.unless(
            e.amount().equals(bond) && logged.index() < vote.index(),
            "the bond of " + e.amount() + " is not the policy's, or came after the vote");
        RegistryState beginning = file.snapshot().rights(council.history());
        CheckFailed.unless(
            Proposers.of(state, electorate, beginning).equals(Optional.of(e.member())),
            "the bond was taken from " + e.member() + ", who did not propose");
        found.add("a bond of " + bond + " by " + e.member());
      } else if (logged.event() instanceof RegistryEvent.BondSettled e) {
        sealedBefore(logged.index());
        CheckFailed.unless(
            e.facts().equals(BondSettlement.of(state)),
            "the bond was settled by " + e.facts() + ", the ballots say otherwise");
        found.add(e.slashed() + " of it slashed");
      }
    }
    CheckFailed.unless(
        posted || !byHand || bond.signum() == 0, "a member's proposal went to the vote unbonded");
  }

  private void absences() {
    List<Attendance> expected = Duty.absences(state, electorate, opening);
    List<Attendance> settled = new ArrayList<>();
    for (Logged<RegistryEvent> logged : stakes) {
      if (logged.event() instanceof RegistryEvent.AbsencesSettled e) {
        sealedBefore(logged.index());
        CheckFailed.unless(
            e.urgency() == electorate.urgency()
                && e.opened().equals(vote.event().at())
                && state.voting() != null
                && e.ended().equals(state.voting().deadline()),
            "absences are settled of another vote than this one");
        settled.addAll(e.absences());
      }
    }
    // Parts may still be to come, in this order.
    CheckFailed.unless(
        settled.size() <= expected.size() && settled.equals(expected.subList(0, settled.size())),
        "the absences that were settled are not those of the case");
    if (!settled.isEmpty()) {
      found.add(settled.size() + " absences");
    }
  }

  private void verdict() {
    for (Logged<RegistryEvent> logged : stakes) {
      if (logged.event() instanceof RegistryEvent.VerdictRecorded e) {
        sealedBefore(logged.index());
        List<VerdictFacts> parts = VerdictParts.of(e.facts().verdict(), state, electorate, opening);
        CheckFailed.unless(
            e.part() < parts.size() && parts.get(e.part()).equals(e.facts()),
            "part " + e.part() + " of the verdict is not what the case says");
        Long said = e.said();
        if (said != null) {
          // That it gives this verdict is one of the registry's rules.
          sealedBefore(council.index(said));
        }
        found.add("verdict " + e.facts().verdict());
      }
    }
  }

  private void sealedBefore(long index) {
    CheckFailed.unless(
        file.entries().get(file.entries().size() - 1).index() < index,
        "it was settled before the case was sealed");
  }

  /** Acknowledgements are the voters' own; that a webhook took a message is the council's word. */
  static String notices(CaseFile file, Electorate electorate) {
    Optional<CaseFile.Numbered<CaseEvent.VotingOpened>> vote =
        file.first(CaseEvent.VotingOpened.class);
    int signed = 0;
    int webhooks = 0;
    for (CaseFile.Numbered<CaseEvent.VotersNotified> logged :
        file.all(CaseEvent.VotersNotified.class).toList()) {
      for (Notice notice : logged.event().notices()) {
        String signature = notice.signature();
        if (signature == null) {
          webhooks++;
        } else {
          signed++;
          acknowledged(
              vote.orElseThrow(() -> new CheckFailed("voters were told of no vote")).event(),
              notice,
              signature,
              electorate);
        }
      }
    }
    return signed
        + " voters signed that they knew of the vote; of "
        + webhooks
        + " the council says that their webhook was told";
  }

  private static void acknowledged(
      CaseEvent.VotingOpened vote, Notice notice, String signature, Electorate electorate) {
    String where = "the acknowledgement of " + notice.member();
    Elector elector =
        electorate.electors().stream()
            .filter(e -> e.member().equals(notice.member()))
            .findFirst()
            .orElseThrow(() -> new CheckFailed(where + ": no elector"));
    Digest proposalId = HASHER.text(vote.content().caseId().value());
    Address signer =
        SIGNATURES.recover(
            vote.domain(),
            proposalId,
            vote.proposalHash(),
            elector.address(),
            notice.digest(),
            signature);
    CheckFailed.unless(signer.equals(elector.address()), where + " is signed by " + signer);
  }
}
