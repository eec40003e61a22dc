package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.fixtures.ElectorateBuilder.anElectorate;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.codec.bundle.Bundle;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseEvent.VoteCast;
import witan.domain.proposal.CaseEvent.VotingOpened;
import witan.domain.proposal.StepOutcome;
import witan.evidence.report.Report;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;
import witan.log.checkpoint.NoteSigner;

/** Policy, weights, ballots and decision of a bundle, held against the registry and each other. */
class ForgedVoteTest extends BundleOfOneCase {
  /** Under a table by which only an urgent case is decided by the policy of these stories. */
  private static Report voteUnderATable(Urgency paperFor) {
    Policy strict = strict();
    List<PolicyTable.Row> rows = new ArrayList<>();
    for (Urgency urgency : Urgency.values()) {
      String policy = urgency == paperFor ? Council.POLICY.name() : strict.name();
      rows.add(new PolicyTable.Row(urgency, 0, policy, null, false));
    }
    World world =
        new World(
            Council.of(1).under(List.of(strict, Council.POLICY), new PolicyTable(1, rows)),
            NoteSigner.generate(World.ORIGIN, new SecureRandom()));
    return world.verify(world.export(Story.rehearsed(world.council())));
  }

  private static Policy strict() {
    Policy like = Council.POLICY;
    return aPolicy(like).named("strict").version(1).quorum(9_000).build();
  }

  @Test
  void aVoteUnderAnotherPolicyThanTheTableChoosesIsSeen() {
    Report chosen = voteUnderATable(Urgency.ROUTINE);
    assertEquals(Verdict.PROVEN, chosen.verdict(), chosen.text());
    fails(voteUnderATable(Urgency.URGENT), "policy");
  }

  @Test
  void anOptionThatUnderstatesItsImpactIsSeen() {
    Story story = new Story(world.council()).alert("a1").open(5).vote(0, Support.FOR, 1);
    story.vote(1, Support.FOR, 1).vote(2, Support.FOR, 1);
    story.execute("rehearsal", StepOutcome.REHEARSED);
    fails(world.verify(world.export(story.events())), "playbooks");
  }

  @Test
  void aBallotTooManyIsSeen() {
    List<CaseEvent> twice = new ArrayList<>(events);
    int ballot = index(VoteCast.class);
    twice.add(ballot + 1, events.get(ballot));
    fails(world.verify(world.export(sealed(twice))), "ballots", "recount", "rules");
  }

  @Test
  void aBallotLeftOutIsSeen() {
    List<CaseEvent> fewer = new ArrayList<>(events);
    fewer.remove(index(VoteCast.class));
    fails(world.verify(world.export(sealed(fewer))), "recount", "rules");
  }

  @Test
  void aBallotThatItsVoterDidNotSignIsSeen() {
    Council c = world.council();
    fails(
        changed(
            VoteCast.class,
            v -> {
              SignedBallot signed = c.sign(v.signed().ballot(), 3);
              return new VoteCast(
                  signed,
                  Council.HASHER.ballot(signed),
                  v.organisation(),
                  v.weight(),
                  v.delegatedWeight(),
                  v.overrides(),
                  v.ordinal(),
                  v.counted(),
                  v.idempotencyKey(),
                  v.at());
            }),
        "ballots",
        "recount");
  }

  @Test
  void anotherWeightIsSeen() {
    fails(
        changed(
            VoteCast.class,
            v ->
                new VoteCast(
                    v.signed(),
                    v.ballotDigest(),
                    v.organisation(),
                    BigInteger.valueOf(31),
                    v.delegatedWeight(),
                    v.overrides(),
                    v.ordinal(),
                    v.counted(),
                    v.idempotencyKey(),
                    v.at())),
        "ballots",
        "recount",
        "rules");
    Electorate e = bundle.electorate();
    Electorate other = anElectorate(e).electors(e.electors().subList(0, 3)).build();
    Bundle b = bundle;
    fails(
        world.verify(
            world.seal(
                new Bundle(
                    b.caseId(),
                    b.checkpoint(),
                    b.registry(),
                    b.caseEntries(),
                    other,
                    b.playbooks(),
                    b.anchor(),
                    ""))),
        "electorate");
  }

  @Test
  void aPolicyThatTheCharterDoesNotHaveIsSeen() {
    Policy p = Council.POLICY;
    Policy easier =
        aPolicy(p)
            .quorum(100)
            .weighting(Weighting.TOKEN)
            .organisationCap(10_000)
            .minimumApprovals(0)
            .replaceable(false)
            .bond(BigInteger.ZERO)
            .playbookSigners(List.of())
            .build();
    fails(
        changed(
            VotingOpened.class,
            v ->
                new VotingOpened(
                    v.content(),
                    v.proposalHash(),
                    easier,
                    v.normal(),
                    v.registrySeq(),
                    v.total(),
                    v.domain(),
                    v.deadline(),
                    v.at())),
        "policy",
        "recount",
        "rules");
  }

  @Test
  void anotherDecisionThanTheBallotsMakeIsSeen() {
    fails(
        changed(
            CaseEvent.ProposalApproved.class,
            a -> new CaseEvent.ProposalApproved(1, a.tally(), a.settled(), a.at())),
        "recount",
        "rules",
        "execution");
  }
}
