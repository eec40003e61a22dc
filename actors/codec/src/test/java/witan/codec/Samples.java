package witan.codec;

import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.BallotBuilder.aBallot;
import static witan.domain.fixtures.CharterBuilder.aCharter;
import static witan.domain.fixtures.ElectorateBuilder.anElectorate;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import witan.domain.adoption.AdoptionEvent;
import witan.domain.adoption.SignedAdoption;
import witan.domain.catalogue.CatalogueEvent;
import witan.domain.catalogue.CatalogueEvent.PlaybookPublished;
import witan.domain.catalogue.CatalogueEvent.PlaybookRetired;
import witan.domain.catalogue.PlaybookFacts;
import witan.domain.catalogue.PlaybookSigner;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.common.Person;
import witan.domain.containment.ContainmentEvent;
import witan.domain.containment.ContainmentEvent.ContainmentGranted;
import witan.domain.containment.ContainmentEvent.ContainmentReleased;
import witan.domain.containment.ContainmentEvent.ContainmentSwitched;
import witan.domain.containment.ContainmentTerms;
import witan.domain.detection.Alert;
import witan.domain.detection.AlertSignature;
import witan.domain.detection.Severity;
import witan.domain.detection.Tactic;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.Drift;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.OptionRadius;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.governance.Tally;
import witan.domain.governance.Target;
import witan.domain.governance.TouchedObject;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.intake.IntakeEvent;
import witan.domain.intake.IntakeEvent.AlertsSuppressed;
import witan.domain.intake.IntakeEvent.NonFindingRecorded;
import witan.domain.intake.IntakeEvent.RefusalsCounted;
import witan.domain.notes.NoteEvent;
import witan.domain.notes.NoteEvent.NoteAdded;
import witan.domain.notes.NoteEvent.StepResolved;
import witan.domain.proposal.CaseEvent.AbortRequested;
import witan.domain.proposal.CaseEvent.AlertRecorded;
import witan.domain.proposal.CaseEvent.CaseClosed;
import witan.domain.proposal.CaseEvent.CaseOpened;
import witan.domain.proposal.CaseEvent.CaseSealed;
import witan.domain.proposal.CaseEvent.ContainmentEnded;
import witan.domain.proposal.CaseEvent.ContainmentRefused;
import witan.domain.proposal.CaseEvent.ContainmentStarted;
import witan.domain.proposal.CaseEvent.ExecutionEnded;
import witan.domain.proposal.CaseEvent.ExecutionPaused;
import witan.domain.proposal.CaseEvent.ExecutionResumed;
import witan.domain.proposal.CaseEvent.ExecutionStarted;
import witan.domain.proposal.CaseEvent.ProposalApproved;
import witan.domain.proposal.CaseEvent.ProposalExpired;
import witan.domain.proposal.CaseEvent.ProposalRejected;
import witan.domain.proposal.CaseEvent.ProposalVetoed;
import witan.domain.proposal.CaseEvent.Proposed;
import witan.domain.proposal.CaseEvent.RadiusCompared;
import witan.domain.proposal.CaseEvent.StepIntended;
import witan.domain.proposal.CaseEvent.StepObserved;
import witan.domain.proposal.CaseEvent.VoteCast;
import witan.domain.proposal.CaseEvent.VotersNotified;
import witan.domain.proposal.CaseEvent.VotingConverted;
import witan.domain.proposal.CaseEvent.VotingExtended;
import witan.domain.proposal.CaseEvent.VotingOpened;
import witan.domain.proposal.ContainmentOutcome;
import witan.domain.proposal.Draft;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Notice;
import witan.domain.proposal.ProposalContent;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignedDraft;
import witan.domain.proposal.StepOutcome;
import witan.domain.proposal.StepSignature;
import witan.domain.registry.AdoptLog;
import witan.domain.registry.Charter;
import witan.domain.registry.Delegation;
import witan.domain.registry.FounderSignature;
import witan.domain.registry.KeyRotation;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryEvent.AbsencesSettled;
import witan.domain.registry.RegistryEvent.BondPosted;
import witan.domain.registry.RegistryEvent.BondSettled;
import witan.domain.registry.RegistryEvent.ChangeApplied;
import witan.domain.registry.RegistryEvent.CouncilFounded;
import witan.domain.registry.RegistryEvent.Delegated;
import witan.domain.registry.RegistryEvent.DelegationRevoked;
import witan.domain.registry.RegistryEvent.KeyRevoked;
import witan.domain.registry.RegistryEvent.KeyRotated;
import witan.domain.registry.RegistryEvent.StatementRecorded;
import witan.domain.registry.RegistryEvent.VerdictRecorded;
import witan.domain.registry.RegistryEvent.VetoRecorded;
import witan.domain.registry.Seat;
import witan.domain.registry.SignedDelegation;
import witan.domain.registry.SignedRotation;
import witan.domain.registry.SignedStatement;
import witan.domain.registry.SignedVeto;
import witan.domain.registry.Veto;
import witan.domain.reputation.Gain;
import witan.domain.reputation.Verdict;
import witan.domain.reputation.VerdictFacts;
import witan.domain.stake.Attendance;
import witan.domain.stake.BondFacts;
import witan.domain.stake.BondOutcome;
import witan.domain.stake.Loss;

/** One event of every type, with every corner that a format can get wrong. */
public final class Samples {
  public static final Instant AT = Instant.parse("2026-11-23T01:02:03.004Z");
  public static final CaseId CASE = new CaseId("20261123-a1");
  public static final Address ANA = new Address("0x" + "Aa".repeat(20));
  public static final Address BEN = new Address("0x" + "0b".repeat(20));
  public static final byte[] KEY = filled(32);
  private static final BigInteger BIG = BigInteger.TEN.pow(24).add(BigInteger.ONE);
  private static final String SEALED = "c2VhbGVk";
  private static final String SIGNATURE = "0x" + "5".repeat(128) + "1b";

  private Samples() {}

  private static byte[] filled(int length) {
    byte[] key = new byte[length];
    Arrays.fill(key, (byte) 1);
    return key;
  }

  public static Digest digest(int n) {
    return new Digest(String.format("%064x", n));
  }

  public static Eip712Domain domain() {
    return new Eip712Domain("Witan", "1", 31_337, new Address("0x" + "c0".repeat(20)));
  }

  public static Policy policy() {
    return aPolicy().lateQuorumExtension(Duration.ofSeconds(90)).build();
  }

  public static Alert alert() {
    return anAlert()
        .id("ec834826-90c1-458a-8eec-a014e7266754")
        .title("Shell \"sh\" in \u00e9t\u00e9 \ud83d\udc1a\n\u0001 \u20ac </x>")
        .severity(Severity.HIGH)
        .pod("eu-1", "default", "alpine")
        .at(AT.minusMillis(1_004))
        .techniques(List.of("T1059", "T1059.004"))
        .tactics(List.of(Tactic.EXECUTION))
        .raw(digest(7))
        .ingestedAt(AT)
        .build();
  }

  public static ProposalContent content() {
    Target target = new Target("eu-1", "default", "Pod", "alpine");
    return new ProposalContent(
        1,
        ProposalKind.INCIDENT,
        CASE,
        List.of(digest(7)),
        List.of(
            new ResponseOption(
                "Isolate workload", digest(8), 20, List.of(target), Map.of("ttl", "PT30M")),
            new ResponseOption(
                "Block", digest(9), 0, List.of(new Target("eu-1", null, "Node", "n1")), Map.of())),
        null,
        digest(16),
        true,
        digest(10),
        digest(12),
        digest(11));
  }

  public static SignedBallot ballot() {
    return new SignedBallot(
        aBallot()
            .proposal(digest(1))
            .hash(digest(2))
            .voter(ANA)
            .mask(BigInteger.ONE.shiftLeft(255))
            .nonce((1L << 53) - 1)
            .deadline(1_795_000_000L)
            .build(),
        SIGNATURE);
  }

  public static Charter charter() {
    return aCharter()
        .council("demo")
        .named("Demo council")
        .domain(domain())
        .seats(
            new Seat("ana", "Acme", "operator", ANA, BIG),
            new Seat("ben", "Beta", "legal", BEN, BigInteger.ZERO))
        .policies(policy())
        .table(
            new PolicyTable(
                1, List.of(new PolicyTable.Row(Urgency.URGENT, 50, "paper", null, true))))
        .build();
  }

  public static Electorate electorate() {
    return anElectorate()
        .council("demo")
        .weighting(Weighting.SQRT)
        .organisationCap(3_300)
        .urgency(Urgency.URGENT)
        .electors(
            new Elector(ANA, "ana", "Acme", BIG, null),
            new Elector(BEN, "ben", "Beta", BigInteger.ONE, ANA))
        .build();
  }

  public static Tally tally() {
    return new Tally(BIG, BigInteger.TEN, BigInteger.ZERO, BigInteger.ONE);
  }

  public static BlastRadius radius() {
    return new BlastRadius(
        1,
        CASE,
        "kubernetes",
        2_000,
        List.of(
            new OptionRadius(
                true,
                1,
                List.of("eu-1/default"),
                List.of(),
                List.of(),
                List.of(
                    new TouchedObject(
                        "eu-1", "/api/v1/namespaces/default/pods/alpine", "u-1", "7", 0, false))),
            OptionRadius.unknown("eu-2: no answer")));
  }

  public static List<DomainEvent> events() {
    return List.of(
        new CaseOpened(CASE, "demo", new CaseId("20261122-z9"), AT),
        new AlertRecorded(
            alert(),
            "{\"rule\":\"Terminal shell in container\",\"n\":1.0}\n",
            new AlertSignature("falco-1+0a1b2c3d+" + "A".repeat(44), AT, "c2lnbmF0dXJl", 1),
            AT),
        new VotingOpened(
            content(), digest(3), policy(), policy(), 1, BIG, domain(), AT.plusSeconds(300), AT),
        new VoteCast(ballot(), digest(4), "Acme", BIG, BigInteger.ONE, BEN, 2, true, null, AT),
        new Proposed(
            new SignedDraft(
                new Draft(
                    "demo",
                    ProposalKind.MEMBERSHIP,
                    "Ben leaves",
                    List.of(),
                    List.of(),
                    new RegistryChange.RemoveMembers(List.of("ben"))),
                ANA,
                7,
                1_795_000_000L,
                SIGNATURE),
            digest(13),
            AT),
        new VotingConverted(AT.plusSeconds(900), AT),
        new VotingExtended(AT.plusSeconds(390), AT),
        new ProposalApproved(0, tally(), true, AT),
        new ProposalRejected(tally(), false, AT),
        new ProposalExpired(tally(), AT),
        new ExecutionStarted(0, digest(8), "rehearsal", List.of("action--1", "action--2"), AT),
        new StepIntended(
            "action--1",
            1,
            "quarantine-label",
            new Target("eu-1", "default", "Pod", "alpine"),
            Map.of("label", "witan.org/quarantine", "Value", "true"),
            "20261123-a1/action--1",
            AT.plusSeconds(30),
            AT,
            new StepSignature("log.example/executor", "c2lnbmVk")),
        new StepObserved(
            "action--1",
            1,
            StepOutcome.REHEARSED,
            "not sent",
            "[{\"a\":1}]",
            AT,
            new StepSignature("log.example/executor", "c2Vlbg=="),
            SEALED,
            new RecordedStatement(statement(), 5)),
        new ExecutionEnded(ExecutionOutcome.REHEARSED, "", AT),
        new CaseClosed("executed", AT),
        new CaseSealed(14, AT),
        new CouncilFounded(
            charter(),
            digest(5),
            List.of(new FounderSignature(ANA, SIGNATURE), new FounderSignature(BEN, SIGNATURE)),
            "key-1",
            AT),
        new NonFindingRecorded(alert(), "metrics_snapshot", "{}", AT),
        new AlertsSuppressed(
            "falco-1", "known-scanner", 3, digest(6), List.of(digest(7)), 1, AT, AT, AT),
        new RefusalsCounted("falco-1", AT, AT.plusSeconds(60), Map.of("alert_bad_time", 2L), AT),
        new Delegated(delegation(ANA, BEN), AT),
        new DelegationRevoked(delegation(BEN, BEN), AT),
        new KeyRotated(
            new SignedRotation(
                new KeyRotation(digest(5), ANA, BEN, 7, 1_795_000_000L), SIGNATURE, SIGNATURE),
            AT),
        new KeyRevoked(
            new SignedRotation(
                new KeyRotation(digest(5), ANA, KeyRotation.NOBODY, 8, 1_795_000_000L),
                SIGNATURE,
                null),
            AT),
        new ChangeApplied(CASE, digest(12), new RegistryChange.AdmitMembers(charter().seats()), AT),
        new BondPosted(CASE, "ana", BIG, AT),
        new BondSettled(
            CASE,
            new BondFacts(BondOutcome.REJECTED, BIG, BigInteger.TEN, BigInteger.ZERO),
            BigInteger.ONE,
            AT),
        new AbsencesSettled(
            CASE,
            0,
            Urgency.URGENT,
            AT.minusSeconds(300),
            AT,
            List.of(
                new Attendance("ana", false, false, digest(13)),
                new Attendance("ben", true, true, null)),
            List.of(new Loss("ana", BigInteger.TEN)),
            AT),
        new VerdictRecorded(
            CASE,
            1,
            new VerdictFacts(
                Verdict.FALSE_POSITIVE,
                "ana",
                List.of(new VerdictFacts.Vote("ben", Support.AGAINST)),
                List.of("ben")),
            List.of(new Gain("ana", -3), new Gain("ben", 2)),
            AT,
            4L),
        new RadiusCompared(
            false, digest(14), digest(15), new Drift(4, 1, 0, 2), new CaseId("20261123-a2"), AT),
        new ContainmentStarted(
            0,
            digest(8),
            "kubernetes",
            List.of("provisional:action--1"),
            List.of("falco-1", "falco-2"),
            false,
            3,
            Duration.ofMinutes(5),
            AT),
        new ContainmentRefused("not_corroborated", "one sensor", 1, AT),
        new ContainmentEnded(ContainmentOutcome.REVERTED, "the lease ran out", AT),
        new ContainmentGranted(
            CASE,
            List.of("eu-1"),
            new ContainmentTerms(List.of("falco-1"), 5, 10, 30, Duration.ofMinutes(15)),
            AT),
        new ContainmentReleased(CASE, true, AT),
        new ContainmentSwitched(
            false, true, pseudonym("olga"), "a sensor lies", "key-2", AT, SEALED),
        new ProposalVetoed(veto(), 4, AT),
        new VetoRecorded(CASE, veto(), "ana", AT),
        new PlaybookPublished(
            "isolate-workload",
            2,
            digest(8),
            new PlaybookFacts("playbook--1", "Isolate a workload", 20, List.of(digest(9)), true),
            "[{\"type\":\"jss\"}]",
            List.of(
                new PlaybookSigner(digest(14), "Acme SOC", AT, AT.plusSeconds(60)),
                new PlaybookSigner(digest(15), "", null, null)),
            pseudonym("ops"),
            "key-2",
            AT,
            SEALED),
        new PlaybookRetired("isolate-workload", 0, "too harsh", pseudonym("ops"), AT, SEALED),
        new AbortRequested(
            pseudonym("ana"), "the wrong pod", true, AT, SEALED, new RecordedStatement(abort(), 6)),
        new NoteAdded(pseudonym("ana"), "a scanner of ours", null, AT, SEALED),
        new StepResolved("action--1", false, pseudonym("ben"), "looked at the pod", AT, SEALED),
        new VotersNotified(
            List.of(
                new Notice("ana", Notice.Channel.ACKNOWLEDGED, digest(14), SIGNATURE),
                new Notice("ben", Notice.Channel.WEBHOOK, digest(15), null)),
            AT),
        new StatementRecorded(CASE, statement(), "ana", AT),
        new ExecutionPaused(
            pseudonym("ana"), "is it the right pod?", AT.plusSeconds(900), AT, SEALED),
        new ExecutionResumed(pseudonym("ben"), AT, SEALED),
        new StatementRecorded(null, containmentOn(), "ana", AT),
        new ContainmentSwitched(
            true,
            false,
            ANA.hex(),
            "it was a drill",
            null,
            AT,
            null,
            new RecordedStatement(containmentOn(), 9)),
        adopted());
  }

  private static SignedStatement containmentOn() {
    return new SignedStatement(
        new MemberStatement.ContainmentOn(
            digest(5), Digest.ZERO, digest(9), ANA, 10, 1_795_000_000L),
        "it was a drill",
        SIGNATURE);
  }

  /** One that shows whose it is. */
  private static String pseudonym(String name) {
    return Person.PREFIX + name + "_".repeat(22 - name.length());
  }

  private static SignedStatement statement() {
    return new SignedStatement(
        new MemberStatement.ConfirmStep(
            digest(5), digest(1), digest(2), true, digest(9), ANA, 9, 1_795_000_000L),
        "the owner says so",
        SIGNATURE);
  }

  private static SignedStatement abort() {
    return new SignedStatement(
        new MemberStatement.Abort(digest(5), digest(1), true, digest(9), ANA, 10, 1_795_000_000L),
        "the wrong pod",
        SIGNATURE);
  }

  private static AdoptionEvent adopted() {
    return new AdoptionEvent.LogAdopted(
        "witan.example/council/g1",
        "witan.example/council",
        41,
        digest(6),
        List.of(new AdoptionEvent.Lost("this node's file", 43, digest(7))),
        "the disk burnt down",
        List.of(
            new SignedAdoption(
                new AdoptLog(
                    digest(5), 41, digest(6), digest(8), digest(9), ANA, 9, 1_795_000_000L),
                SIGNATURE)),
        pseudonym("ops"),
        AT,
        SEALED);
  }

  private static SignedVeto veto() {
    return new SignedVeto(
        new Veto(digest(5), digest(1), digest(3), ANA, digest(9), 8, 1_795_000_000L),
        "It would cut off the hospital",
        SIGNATURE);
  }

  private static SignedDelegation delegation(Address from, Address to) {
    return new SignedDelegation(
        new Delegation(digest(5), from, to, digest(4), 7, 1_795_000_000L), SIGNATURE);
  }

  public static String pidOf(DomainEvent event) {
    if (event instanceof RegistryEvent) {
      return "registry|demo";
    }
    if (event instanceof ContainmentEvent) {
      return "containment|demo";
    }
    if (event instanceof CatalogueEvent) {
      return "catalogue|demo";
    }
    if (event instanceof AdoptionEvent) {
      return "adoption|demo";
    }
    if (event instanceof NoteEvent) {
      return "notes|" + CASE;
    }
    return event instanceof IntakeEvent ? "intake|falco-1" : "case|" + CASE;
  }
}
