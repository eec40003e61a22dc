package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import witan.codec.bundle.Anchor;
import witan.codec.bundle.Bundle;
import witan.codec.bundle.BundleEntry;
import witan.codec.bundle.ChainIdentity;
import witan.codec.bundle.TrustFile;
import witan.domain.common.Digest;
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
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.FounderSignature;
import witan.domain.registry.RegistryEvent;
import witan.evidence.report.Line;
import witan.evidence.report.Report;
import witan.evidence.report.Status;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Council;
import witan.evidence.testing.ExecutorSigned;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteSigner;
import witan.log.checkpoint.SignedNote;
import witan.log.tree.Hashing;

/** The log of these worlds is honest in its proofs; what it holds is not always. */
class BundleVerifierTest {
  private final World world = new World(1);
  private final List<CaseEvent> events = Story.rehearsed(world.council());
  private final Bundle bundle = world.export(events);

  @Test
  void aWholeCaseIsProvenAndTheReportSaysWhatWasLookedAt() {
    Report report = world.verify(bundle);
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
    assertEquals(
        List.of(
            "document",
            "seal",
            "checkpoint",
            "inclusion",
            "versions",
            "registry",
            "founding",
            "entries",
            "case",
            "electorate",
            "policy",
            "alerts",
            "playbooks",
            "blast radius",
            "containment",
            "ballots",
            "recount",
            "execution",
            "plan",
            "requests",
            "rules",
            "notices",
            "stakes",
            "other cases",
            "links",
            "executors",
            "withheld",
            "same log",
            "anchor"),
        report.lines().stream().map(Line::name).toList());
    assertTrue(text(report, "ballots").startsWith("4 ballots"), report.text());
    assertTrue(text(report, "recount").contains("APPROVED option 0"), report.text());
    assertTrue(text(report, "recount").contains("for 80, against 0"), report.text());
    assertTrue(text(report, "execution").startsWith("REHEARSED, nothing"), report.text());
    assertTrue(text(report, "withheld").contains("AlertRecorded.raw"), report.text());
    assertEquals(Status.OK, line(report, "anchor").status());
  }

  @Test
  void everyKindOfEndIsProven() {
    Council c = world.council();
    List<Story> stories =
        List.of(
            Story.approved(c).execute("kubernetes", StepOutcome.DONE),
            Story.approved(c).refuse(),
            new Story(c).alert("a").dismiss(),
            new Story(c).alert("a").open().deadline(),
            new Story(c).alert("a").open().vote(0, Support.FOR, 1).deadline(),
            new Story(c)
                .alert("a")
                .open()
                .vote(0, Support.AGAINST, 0)
                .vote(1, Support.AGAINST, 0)
                .vote(2, Support.ABSTAIN, 0)
                .deadline(),
            new Story(c)
                .alert("a")
                .open()
                .vote(0, Support.FOR, 2)
                .vote(1, Support.AGAINST, 0)
                .vote(3, Support.FOR, 2)
                .deadline()
                .execute("rehearsal", StepOutcome.REHEARSED));
    List<String> decisions = new ArrayList<>();
    for (Story story : stories) {
      Bundle exported = world.export(story.events());
      Report report = world.verify(exported);
      boolean voted = story.events().stream().anyMatch(VotingOpened.class::isInstance);
      // Without a vote nobody's signature says what the alert was read as.
      assertEquals(
          voted ? Verdict.PROVEN : Verdict.PROVEN_BUT_FOR, report.verdict(), report.text());
      decisions.add(text(report, "recount").split("[ ,]", 2)[0]);
    }
    assertEquals(
        List.of("APPROVED", "APPROVED", "there", "EXPIRED", "EXPIRED", "REJECTED", "APPROVED"),
        decisions);
  }

  /** A case without a vote has no playbooks. */
  private Bundle without(Bundle b) {
    return world.seal(
        new Bundle(
            b.caseId(),
            b.checkpoint(),
            b.registry(),
            b.caseEntries(),
            b.electorate(),
            List.of(),
            b.anchor(),
            ""));
  }

  @Test
  void aMadeUpWorldIsDisproved() {
    World other = new World(2);
    Bundle fabricated = other.export(Story.rehearsed(other.council()));
    assertEquals(Verdict.PROVEN, other.verify(fabricated).verdict());
    fails(world.verify(fabricated), "seal", "checkpoint", "founding");
  }

  @Test
  void aCouncilFoundedBySomebodyElseInTheTrustedLogIsDisproved() {
    World other = new World(Council.of(2), world.log());
    fails(world.verify(other.export(Story.rehearsed(other.council()))), "founding");
  }

  @Test
  void aFounderWhoDidNotSignIsSeen() {
    RegistryEvent.CouncilFounded f = world.council().founding(Story.START);
    List<FounderSignature> signatures = new ArrayList<>(f.signatures());
    signatures.set(
        1, new FounderSignature(signatures.get(1).founder(), signatures.get(0).signature()));
    RegistryEvent forged =
        new RegistryEvent.CouncilFounded(f.charter(), f.charterHash(), signatures, null, f.at());
    fails(world.verify(world.export(events, List.of(forged))), "founding");
    fails(world.verify(world.export(events, List.of(f, f))), "founding");
  }

  @Test
  void anEntryThatIsNotInTheLogIsSeen() {
    List<BundleEntry> lines = new ArrayList<>(bundle.caseEntries());
    BundleEntry last = lines.get(lines.size() - 1);
    List<Digest> proof = new ArrayList<>(last.proof());
    Collections.reverse(proof);
    lines.set(
        lines.size() - 1, new BundleEntry(last.index(), last.entry(), proof, last.disclosure()));
    fails(world.verify(world.withCase(bundle, lines)), "inclusion");
    lines.set(
        lines.size() - 1,
        new BundleEntry(last.index() + 1, last.entry(), last.proof(), last.disclosure()));
    fails(world.verify(world.withCase(bundle, lines)), "inclusion");
  }

  @Test
  void aMissingEntryIsSeenWhereverItIs() {
    for (int i = 0; i + 1 < bundle.caseEntries().size(); i++) {
      List<BundleEntry> lines = new ArrayList<>(bundle.caseEntries());
      lines.remove(i);
      fails(world.verify(world.withCase(bundle, lines)), "case");
    }
  }

  @Test
  void aCaseWithoutItsSealCouldNotBeChecked() {
    List<BundleEntry> lines = bundle.caseEntries().subList(0, bundle.caseEntries().size() - 1);
    Report report = world.verify(world.withCase(bundle, lines));
    assertEquals(Verdict.COULD_NOT_CHECK, report.verdict(), report.text());
    assertTrue(text(report, "case").startsWith("incomplete"), report.text());
    Report open = world.verify(world.export(Story.approved(world.council()).events()));
    assertEquals(Verdict.COULD_NOT_CHECK, open.verdict(), open.text());
  }

  @Test
  void aCaseSealedEarlyIsSeen() {
    List<CaseEvent> early = new ArrayList<>(events.subList(0, 8));
    early.add(new CaseEvent.CaseSealed(9, early.get(7).at()));
    fails(world.verify(world.export(early)), "rules");
    List<CaseEvent> goesOn = new ArrayList<>(early);
    goesOn.addAll(events.subList(8, events.size()));
    fails(world.verify(world.export(goesOn)), "case");
    List<CaseEvent> wrongNumber = new ArrayList<>(events);
    wrongNumber.set(events.size() - 1, new CaseEvent.CaseSealed(3, Story.START));
    fails(world.verify(world.export(wrongNumber)), "case");
  }

  @Test
  void entriesInAnotherOrderAreSeen() {
    List<BundleEntry> lines = new ArrayList<>(bundle.caseEntries());
    int ballot = index(VoteCast.class);
    Collections.swap(lines, ballot, ballot + 1);
    fails(world.verify(world.withCase(bundle, lines)), "case");
    List<CaseEvent> swapped = new ArrayList<>(events);
    Collections.swap(swapped, ballot + 2, ballot + 3);
    fails(world.verify(world.export(swapped)), "recount", "rules");
  }

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
    return new Policy(
        "strict",
        1,
        like.minimumSeverity(),
        like.window(),
        9_000,
        like.supportBps(),
        like.mode(),
        like.lateQuorumExtension(),
        like.minimumHolding(),
        like.assurance(),
        like.weighting(),
        like.organisationCapBps(),
        like.minimumApprovals(),
        like.replaceable(),
        like.bond(),
        like.playbookSigners());
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
    Electorate other =
        new Electorate(
            e.councilId(),
            e.registrySeq(),
            e.weighting(),
            e.organisationCapBps(),
            e.urgency(),
            e.electors().subList(0, 3));
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
        new Policy(
            p.name(),
            p.version(),
            p.minimumSeverity(),
            p.window(),
            100,
            p.supportBps(),
            p.mode(),
            p.lateQuorumExtension(),
            p.minimumHolding(),
            p.assurance(),
            Weighting.TOKEN,
            10_000,
            0,
            false,
            BigInteger.ZERO,
            List.of());
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

  @Test
  void anExecutionBeforeTheApprovalIsSeen() {
    List<CaseEvent> early = new ArrayList<>(events);
    int started = index(CaseEvent.ExecutionStarted.class);
    early.add(index(VotingOpened.class) + 1, early.remove(started));
    fails(world.verify(world.export(early)), "execution", "rules");
  }

  @Test
  void aStepWithoutAnIntentIsSeen() {
    List<CaseEvent> unannounced = new ArrayList<>(events);
    unannounced.remove(index(CaseEvent.StepIntended.class));
    fails(world.verify(world.export(sealed(unannounced))), "execution", "rules");
  }

  @Test
  void anAbortedExecutionIsProvenAndOneThatNobodyAbortedIsSeen() {
    Story begun = Story.approved(world.council());
    List<CaseEvent> aborted = begun.abort().events();
    assertEquals(Verdict.PROVEN, world.verify(world.export(aborted)).verdict());
    List<CaseEvent> without = new ArrayList<>(aborted);
    without.removeIf(CaseEvent.AbortRequested.class::isInstance);
    fails(world.verify(world.export(sealed(without))), "execution", "rules");
    List<CaseEvent> never = Story.approved(world.council()).neverBegun().events();
    assertEquals(Verdict.PROVEN, world.verify(world.export(never)).verdict());
  }

  @Test
  void aStepThatBeganAfterAnAbortIsSeen() {
    List<CaseEvent> late = new ArrayList<>(events);
    CaseEvent.StepIntended last =
        late.stream()
            .filter(CaseEvent.StepIntended.class::isInstance)
            .map(CaseEvent.StepIntended.class::cast)
            .reduce((a, b) -> b)
            .orElseThrow();
    int second = late.indexOf(last);
    late.add(second, new CaseEvent.AbortRequested("op", "stop", false, last.at()));
    fails(world.verify(world.export(sealed(late))), "execution", "rules");
  }

  @Test
  void aRehearsalThatIsLoggedAsDoneIsSeen() {
    fails(
        changed(
            CaseEvent.ExecutionEnded.class,
            e -> new CaseEvent.ExecutionEnded(ExecutionOutcome.SUCCEEDED, e.detail(), e.at())),
        "execution",
        "rules");
    fails(
        changed(
            CaseEvent.StepObserved.class,
            e ->
                new CaseEvent.StepObserved(
                    e.step(), e.attempt(), StepOutcome.DONE, e.detail(), e.requests(), e.at())),
        "execution");
  }

  @Test
  void anotherPlaybookIsSeenAndAMissingOneMissed() {
    Bundle b = bundle;
    Report missing = world.verify(without(b));
    assertEquals(Verdict.COULD_NOT_CHECK, missing.verdict(), missing.text());
    Bundle extra =
        new Bundle(
            b.caseId(),
            b.checkpoint(),
            b.registry(),
            b.caseEntries(),
            b.electorate(),
            List.of(b.playbooks().get(0), b.playbooks().get(0), b.playbooks().get(1)),
            b.anchor(),
            "");
    fails(world.verify(world.seal(extra)), "playbooks");
  }

  @Test
  void anotherTrustDisproves() {
    Trust t = world.trust();
    Digest other = Digest.ZERO;
    fails(
        World.verify(bundle, new Trust(t.logKey(), List.of(), t.chain(), other), world.chain()),
        "founding");
    Trust key = new Trust(new World(1).log().key(), List.of(), t.chain(), t.charterHash());
    fails(World.verify(bundle, key, world.chain()), "checkpoint", "seal");
    ChainIdentity chain = new ChainIdentity(1, other, World.CHAIN.contract());
    fails(
        World.verify(
            bundle, new Trust(t.logKey(), List.of(), chain, t.charterHash()), world.chain()),
        "same log");
  }

  private Bundle cosigned(NoteSigner witness, long time) {
    Checkpoint checkpoint = SignedNote.open(bundle.checkpoint(), List.of(world.log().key()));
    return world.withCheckpoint(bundle, bundle.checkpoint() + witness.cosign(checkpoint, time));
  }

  private Trust trusting(Integer threshold, NoteSigner... witnesses) {
    TrustFile file =
        world.trustFile(
            Stream.of(witnesses).map(witness -> witness.cosignatureKey().vkey()).toList());
    return Trust.parse(
        new TrustFile(
                file.origin(),
                file.logKey(),
                file.witnesses(),
                file.chain(),
                file.charterHash(),
                threshold,
                null)
            .bytes());
  }

  @Test
  void aWitnessCountsIfItIsTrustedAndIsIgnoredIfNot() {
    NoteSigner witness = NoteSigner.generate("witness.example", new SecureRandom());
    NoteSigner other = NoteSigner.generate("other.example", new SecureRandom());
    Bundle cosigned = cosigned(witness, 1_800_000_000);
    Report known = World.verify(cosigned, trusting(null, witness), world.chain());
    assertEquals(Verdict.PROVEN, known.verdict(), known.text());
    assertEquals("1 of 1 witnesses cosigned", text(known, "cosigned"));
    Report unknown = world.verify(cosigned);
    assertEquals(Verdict.PROVEN, unknown.verdict(), unknown.text());
    Report one = World.verify(cosigned, trusting(1, witness, other), world.chain());
    assertEquals(Verdict.PROVEN, one.verdict(), one.text());
    Report all = World.verify(cosigned, trusting(null, witness, other), world.chain());
    assertEquals(List.of("witnesses"), all.open(), all.text());
    Report none = World.verify(bundle, trusting(0, witness), world.chain());
    assertEquals(Verdict.PROVEN, none.verdict(), none.text());
    assertThrows(IllegalArgumentException.class, () -> trusting(2, witness));
  }

  @Test
  void whatNoTrustedExecutorSignedIsDisproved() {
    Report report =
        World.verify(
            bundle, naming(NoteSigner.generate("executor", new SecureRandom())), world.chain());
    fails(report, "executors");
    assertTrue(report.text().contains("forged_intent: executor"), report.text());
  }

  @Test
  void whatWasDoneIsOpenWhereTheTrustFileNamesNoExecutors() {
    Trust t = world.trust();
    Trust none = new Trust(t.logKey(), List.of(), t.chain(), t.charterHash());
    Story done = Story.approved(world.council()).execute("kubernetes", StepOutcome.DONE);
    Report acted = World.verify(world.export(done.events()), none, world.chain());
    assertEquals(List.of("executors"), acted.open(), acted.text());
    Report rehearsed = World.verify(bundle, none, world.chain());
    assertEquals(Verdict.PROVEN, rehearsed.verdict(), rehearsed.text());
  }

  @Test
  void whatATrustedExecutorSignedIsProven() {
    NoteSigner executor = NoteSigner.generate("executor", new SecureRandom());
    Bundle signed =
        world.export(
            ExecutorSigned.events(
                world.council(),
                Story.approved(world.council())
                    .execute("rehearsal", StepOutcome.REHEARSED)
                    .events(),
                executor));
    Report proven = World.verify(signed, naming(executor), world.chain());
    assertEquals(Verdict.PROVEN, proven.verdict(), proven.text());
    Report stranger =
        World.verify(
            signed, naming(NoteSigner.generate("executor", new SecureRandom())), world.chain());
    fails(stranger, "executors");
  }

  private Trust naming(NoteSigner executor) {
    Trust t = world.trust();
    return new Trust(t.logKey(), List.of(), 0, t.chain(), t.charterHash(), List.of(executor.key()));
  }

  @Test
  void aWrongSignatureOfATrustedWitnessIsSeen() {
    NoteSigner witness = NoteSigner.generate("witness.example", new SecureRandom());
    Checkpoint another = new Checkpoint(World.ORIGIN, 3, Hashing.sha256(new byte[] {1}));
    Bundle wrong =
        world.withCheckpoint(bundle, bundle.checkpoint() + witness.cosign(another, 1_800_000_000));
    fails(World.verify(wrong, trusting(0, witness), world.chain()), "cosigned");
    assertEquals(Verdict.PROVEN, world.verify(wrong).verdict());
  }

  @Test
  void anAnchorOfAnotherLogIsSeen() {
    Anchor a = bundle.anchor();
    Anchor forked =
        new Anchor(
            a.size(),
            Digest.ZERO,
            a.chainId(),
            a.genesisHash(),
            a.contract(),
            a.txHash(),
            a.blockNumber(),
            a.blockHash(),
            a.consistency());
    fails(world.verify(world.withAnchor(bundle, forked)), "same log");
    Report none = world.verify(world.withAnchor(bundle, null));
    assertEquals(List.of("anchor"), none.open(), none.text());
  }

  /** With the number of its end made to fit. */
  private static List<CaseEvent> sealed(List<CaseEvent> changed) {
    List<CaseEvent> all = new ArrayList<>(changed);
    CaseEvent last = all.get(all.size() - 1);
    all.set(all.size() - 1, new CaseEvent.CaseSealed(all.size(), last.at()));
    return all;
  }

  private <E extends CaseEvent> Report changed(Class<E> kind, UnaryOperator<E> change) {
    List<CaseEvent> all = new ArrayList<>(events);
    int at = index(kind);
    all.set(at, change.apply(kind.cast(all.get(at))));
    return world.verify(world.export(all));
  }

  private int index(Class<? extends CaseEvent> kind) {
    return events.indexOf(events.stream().filter(kind::isInstance).findFirst().orElseThrow());
  }

  private static Line line(Report report, String name) {
    return report.lines().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }

  private static String text(Report report, String name) {
    return line(report, name).text();
  }

  /**
   * Disproved by these checks and, since each names what is wrong, by no other that a lie helps.
   */
  private static void fails(Report report, String... names) {
    assertEquals(Verdict.DISPROVED, report.verdict(), report.text());
    List<String> failed =
        report.lines().stream()
            .filter(l -> l.status() == Status.FAILED)
            .map(Line::name)
            .collect(Collectors.toList());
    assertTrue(failed.containsAll(List.of(names)), report.text());
  }
}
