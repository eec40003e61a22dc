package witan.http;

import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.BallotBuilder.aBallot;
import static witan.domain.fixtures.CharterBuilder.aCharter;
import static witan.domain.fixtures.OptionBuilder.anOption;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.ballot.Hex;
import witan.ballot.Keccak256;
import witan.ballot.Signatures;
import witan.codec.hash.Hashes;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.api.Anchors;
import witan.domain.api.Health;
import witan.domain.api.LoggedCase;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Operations;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.detection.Severity;
import witan.domain.detection.Tactic;
import witan.domain.governance.Ballot;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.Count;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Movable;
import witan.domain.governance.OptionRadius;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Tally;
import witan.domain.governance.Target;
import witan.domain.governance.TouchedObject;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Execution;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Pauses;
import witan.domain.proposal.Phase;
import witan.domain.proposal.Precautions;
import witan.domain.proposal.ProposalContent;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.StepOutcome;
import witan.domain.proposal.Voting;
import witan.domain.registry.Charter;
import witan.domain.registry.FounderSignature;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryState;
import witan.domain.registry.Seat;
import witan.signing.TypedData;

/** Things to serve. */
final class Samples {
  static final CaseId CASE = new CaseId("c-1");
  static final Instant NOW = FakeCouncil.NOW;
  static final JcsContentHasher HASHER = new JcsContentHasher();
  static final Eip712Domain DOMAIN =
      new Eip712Domain("Witan", "1", 1337, new Address("0x" + "cc".repeat(20)));
  static final byte[] ANA = key("ana");
  static final byte[] BEN = key("ben");
  static final Policy POLICY =
      aPolicy()
          .lateQuorumExtension(Duration.ofSeconds(60))
          .minimumHolding(Duration.ofHours(1))
          .build();
  private static final RegistryAggregate RULES =
      new RegistryAggregate(
          HASHER,
          (domain, statement, signature) -> {
            throw new IllegalArgumentException("nothing is decided here");
          });
  static final Charter CHARTER =
      aCharter()
          .council("acme")
          .named("Acme council")
          .domain(DOMAIN)
          .seats(seat("ana", ANA, 60), seat("ben", BEN, 40))
          .policies(POLICY)
          .build();
  static final Digest PLAYBOOK = new Digest("ab".repeat(32));

  private Samples() {}

  static byte[] key(String seed) {
    return Keccak256.hash(seed.getBytes(StandardCharsets.UTF_8));
  }

  static Address address(byte[] key) {
    return new Address(Hex.of(Signatures.addressOf(key)));
  }

  private static Seat seat(String member, byte[] key, long tokens) {
    return new Seat(member, "org-" + member, "analyst", address(key), BigInteger.valueOf(tokens));
  }

  static RegistryState registry() {
    return registry(CHARTER);
  }

  static RegistryState registry(Charter charter) {
    return RULES.apply(
        RULES.empty(),
        new RegistryEvent.CouncilFounded(charter, HASHER.charter(charter), List.of(), null, NOW));
  }

  static RegistryState after(RegistryChange change, RegistryState before) {
    return RULES.apply(
        before, new RegistryEvent.ChangeApplied(CASE, Digest.ZERO, change, NOW.plusSeconds(1)));
  }

  static FounderSignature founding(byte[] key) {
    byte[] digest = TypedData.foundingDigest(DOMAIN, HASHER.charter(CHARTER), address(key));
    return new FounderSignature(address(key), Hex.of(Signatures.sign(digest, key)));
  }

  static Ballot ballot(byte[] key) {
    return aBallot()
        .proposal(HASHER.text(CASE.value()))
        .hash(HASHER.proposal(content()))
        .voter(address(key))
        .deadline(NOW.plusSeconds(600).getEpochSecond())
        .build();
  }

  static SignedBallot signed(Ballot ballot, byte[] key) {
    return new SignedBallot(ballot, Hex.of(Signatures.sign(TypedData.digest(DOMAIN, ballot), key)));
  }

  /** What the options of the voting case would touch. */
  static final BlastRadius RADIUS =
      new BlastRadius(
          1,
          CASE,
          "kubernetes",
          2_000,
          List.of(
              new OptionRadius(
                  true,
                  1,
                  List.of("prod/shop"),
                  List.of(),
                  List.of(),
                  List.of(new TouchedObject("prod", "/api/v1/x", "u-1", "7", 0, false))),
              OptionRadius.unknown("prod: no answer")));

  static final Digest RADIUS_DIGEST = Digest.of(Hashes.sha256(Json.canonical(RADIUS)));

  static ProposalContent content() {
    return new ProposalContent(
        1,
        ProposalKind.INCIDENT,
        CASE,
        List.of(new Digest("01".repeat(32))),
        List.of(
            anOption()
                .playbook(PLAYBOOK)
                .impact(40)
                .targets(new Target("prod", "shop", "Pod", "cart-1"))
                .parameters(Map.of("grace", "30"))
                .build(),
            new ResponseOption("Restart the pod", PLAYBOOK, 20, List.of(), Map.of())),
        null,
        RADIUS_DIGEST,
        false,
        HASHER.policy(POLICY),
        null,
        new Digest("02".repeat(32)));
  }

  static Alert alert() {
    return anAlert()
        .sensor("eve-1")
        .id("a-1")
        .title("A shell was opened")
        .severity(Severity.HIGH)
        .pod("prod", "shop", "cart-1")
        .principal("system:serviceaccount:shop:ana")
        .when(NOW)
        .tactics(List.of(Tactic.EXECUTION))
        .raw(new Digest("01".repeat(32)))
        .build();
  }

  private static final Count COUNT =
      new Count(
          new Tally(
              BigInteger.valueOf(100), BigInteger.valueOf(30), BigInteger.TEN, BigInteger.ZERO),
          List.of(BigInteger.valueOf(30), BigInteger.ZERO, BigInteger.ZERO),
          Movable.NONE,
          Map.of("Acme", 1),
          BigInteger.ZERO);

  /** 60 of 100 voted for the first option. */
  static LoggedCase votingCase() {
    CaseEvent.VoteCast vote =
        new CaseEvent.VoteCast(
            signed(ballot(ANA), ANA),
            HASHER.ballot(signed(ballot(ANA), ANA)),
            "Acme",
            BigInteger.valueOf(60),
            BigInteger.ZERO,
            null,
            1,
            true,
            null,
            NOW);
    Voting voting =
        new Voting(
            content(),
            HASHER.proposal(content()),
            POLICY,
            null,
            false,
            1,
            DOMAIN,
            NOW,
            NOW.plusSeconds(300),
            false,
            COUNT,
            COUNT,
            Map.of(address(ANA), vote),
            Map.of(),
            Map.of());
    return logged(
        new CaseState(
            Phase.VOTING,
            3,
            CASE,
            "acme",
            null,
            List.of(alert()),
            Map.of(),
            voting,
            null,
            null,
            null,
            false,
            Precautions.NONE));
  }

  static LoggedCase observingCase() {
    return logged(
        new CaseState(
            Phase.OBSERVING,
            2,
            CASE,
            "acme",
            null,
            List.of(alert()),
            Map.of(),
            null,
            null,
            null,
            null,
            false,
            Precautions.NONE));
  }

  static LoggedCase executedCase() {
    return executedCase(StepOutcome.REHEARSED, ExecutionOutcome.REHEARSED);
  }

  /** Its execution was paused at that time. */
  static LoggedCase pausedCase(Instant at) {
    Precautions paused =
        new Precautions(
            null,
            null,
            null,
            null,
            null,
            0,
            new Pauses(
                1,
                new CaseEvent.ExecutionPaused(
                    "p1:olga", "is it?", at.plus(Pauses.LENGTH), at, "sealed")));
    return executedCase(StepOutcome.REHEARSED, ExecutionOutcome.REHEARSED, paused);
  }

  /** Of one observed step. */
  static LoggedCase executedCase(StepOutcome step, ExecutionOutcome outcome) {
    return executedCase(step, outcome, Precautions.NONE);
  }

  private static LoggedCase executedCase(
      StepOutcome step, ExecutionOutcome outcome, Precautions precautions) {
    Map<String, CaseEvent.StepIntended> intents = new LinkedHashMap<>();
    intents.put(
        "step-1",
        new CaseEvent.StepIntended(
            "step-1",
            1,
            "quarantine-label",
            new Target("prod", "shop", "Pod", "cart-1"),
            Map.of(),
            "c-1/step-1",
            NOW,
            NOW));
    Map<String, CaseEvent.StepObserved> observations = new LinkedHashMap<>();
    observations.put(
        "step-1", new CaseEvent.StepObserved("step-1", 1, step, "rendered", "[]", NOW));
    Execution execution =
        new Execution(
            0,
            PLAYBOOK,
            "rehearsal",
            List.of("step-1", "step-2"),
            intents,
            observations,
            NOW,
            null,
            new CaseEvent.ExecutionEnded(outcome, "step-2: was not begun", NOW));
    List<LoggedEvent> events = new ArrayList<>(events().subList(0, 2));
    events.add(line(7, "StepIntended", intents.get("step-1")));
    events.add(line(8, "StepObserved", observations.get("step-1")));
    return new LoggedCase(
        new CaseState(
            Phase.CLOSED,
            9,
            CASE,
            "acme",
            null,
            List.of(),
            Map.of(),
            null,
            null,
            execution,
            "executed",
            true,
            precautions),
        8,
        events);
  }

  private static LoggedEvent line(long index, String type, CaseEvent event) {
    return new LoggedEvent(index, 2, "case|c-1", index, type, CASE, NOW, "council", event);
  }

  private static LoggedCase logged(CaseState state) {
    return new LoggedCase(state, 1, events().subList(0, 2));
  }

  static List<LoggedEvent> events() {
    List<LoggedEvent> events = new ArrayList<>();
    events.add(
        new LoggedEvent(
            0,
            2,
            "case|c-1",
            1,
            "CaseOpened",
            CASE,
            NOW,
            "council",
            new CaseEvent.CaseOpened(CASE, "acme", NOW)));
    events.add(
        new LoggedEvent(
            1,
            2,
            "case|c-1",
            2,
            "AlertRecorded",
            CASE,
            NOW,
            "sensor:eve-1",
            new CaseEvent.AlertRecorded(alert(), "{\"secret\":\"raw\"}", NOW)));
    events.add(
        new LoggedEvent(
            2, 2, "case|c-2", 1, "CaseOpened", new CaseId("c-2"), NOW, "council", null));
    return events;
  }

  static Optional<RegistryState> founded() {
    return Optional.of(registry());
  }

  /** One of three nodes. */
  static Operations.Overview overview(Anchors.Status anchors, Health.Report health) {
    return new Operations.Overview(
        "127.0.0.1:7420",
        List.of(new Operations.Member("127.0.0.1:7420", "Up", List.of("api", "log"), true)),
        List.of(new Operations.Placement("case", "127.0.0.1:7420", 21, 3)),
        "127.0.0.2:7420",
        null,
        new Operations.Log(42L, null, 40),
        7,
        Map.of("anchor_missing", 2),
        anchors,
        new Operations.Counts(1, 0, 0, 5, 9, 2),
        health);
  }
}
