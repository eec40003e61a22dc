package witan.domain.recount;

import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.SIGNATURES;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignedBallot;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.ProposalContent;
import witan.domain.proposal.ProposalKind;
import witan.domain.registry.RegistryChange;

/**
 * An honest case as a compromised node would log it: one event is otherwise, and all that hangs on
 * it is made to fit again.
 */
final class ForgedHistory {
  private ForgedHistory() {}

  static String check(List<CaseEvent> events, Electorate electorate) {
    return Recount.check(events, electorate, HASHER, SIGNATURES)
        .map(Refusal::code)
        .orElse("agrees");
  }

  static List<CaseEvent> with(List<CaseEvent> honest, int number, CaseEvent event) {
    List<CaseEvent> events = new ArrayList<>(honest);
    events.set(number - 1, event);
    return events;
  }

  static List<CaseEvent> before(List<CaseEvent> honest, int number, CaseEvent event) {
    List<CaseEvent> events = new ArrayList<>(honest);
    events.add(number - 1, event);
    return events;
  }

  static List<CaseEvent> without(List<CaseEvent> honest, int number) {
    List<CaseEvent> events = new ArrayList<>(honest);
    events.remove(number - 1);
    return events;
  }

  /** An opening of another content; its hash is the one of that content. */
  static final class Opening {
    int v;
    ProposalKind kind;
    CaseId caseId;
    List<Digest> alerts;
    List<ResponseOption> options;
    @Nullable RegistryChange change;
    Digest policyDigest;
    @Nullable Digest normalDigest;
    Digest snapshot;
    Policy policy;
    @Nullable Policy normal;
    Eip712Domain domain;
    Instant deadline;
    private final CaseEvent.VotingOpened honest;

    Opening(CaseEvent.VotingOpened honest) {
      ProposalContent c = honest.content();
      this.honest = honest;
      v = c.v();
      kind = c.kind();
      caseId = c.caseId();
      alerts = c.alertDigests();
      options = c.options();
      change = c.change();
      policyDigest = c.policyDigest();
      normalDigest = c.normalPolicyDigest();
      snapshot = c.snapshotDigest();
      policy = honest.policy();
      normal = honest.normal();
      domain = honest.domain();
      deadline = honest.deadline();
    }

    /** With the digest of that policy, and its window. */
    void decidedBy(Policy other) {
      policy = other;
      policyDigest = HASHER.policy(other);
      deadline = honest.at().plus(other.window());
    }

    void fallsBackTo(@Nullable Policy other) {
      normal = other;
      normalDigest = other == null ? null : HASHER.policy(other);
    }

    CaseEvent event() {
      ProposalContent c = honest.content();
      ProposalContent content =
          new ProposalContent(
              v,
              kind,
              caseId,
              alerts,
              options,
              change,
              c.blastRadius(),
              c.provisionalContainment(),
              policyDigest,
              normalDigest,
              snapshot);
      return new CaseEvent.VotingOpened(
          content,
          HASHER.proposal(content),
          policy,
          normal,
          honest.registrySeq(),
          honest.total(),
          domain,
          deadline,
          honest.at());
    }
  }

  /** A ballot that is logged otherwise than it came. */
  static final class Vote {
    SignedBallot signed;
    @Nullable Digest digest;
    String organisation;
    BigInteger weight;
    BigInteger delegated;
    @Nullable Address overrides;
    int ordinal;
    boolean counted;
    Instant at;

    Vote(CaseEvent.VoteCast honest) {
      signed = honest.signed();
      organisation = honest.organisation();
      weight = honest.weight();
      delegated = honest.delegatedWeight();
      overrides = honest.overrides();
      ordinal = honest.ordinal();
      counted = honest.counted();
      at = honest.at();
    }

    CaseEvent event() {
      return new CaseEvent.VoteCast(
          signed,
          digest == null ? HASHER.ballot(signed) : digest,
          organisation,
          weight,
          delegated,
          overrides,
          ordinal,
          counted,
          null,
          at);
    }
  }
}
