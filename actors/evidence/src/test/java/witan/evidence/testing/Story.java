package witan.evidence.testing;

import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.BallotBuilder.aBallot;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import witan.codec.json.Json;
import witan.codec.playbook.PlaybookDigest;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.governance.Ballot;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.planning.ExecutionPlan;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.playbook.Parsed;
import witan.domain.playbook.PlaybookParser;
import witan.domain.proposal.AlertDigests;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Execution;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.ProposalContent;
import witan.domain.proposal.SignedDraft;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.SignedVeto;
import witan.signing.BallotSignatures;

/** A case told through its aggregate, one second between commands. */
public final class Story {
  public static final Instant START = Instant.parse("2026-11-23T01:02:03.000Z");
  public static final CaseId CASE = new CaseId("case-1");

  public static final Target POD = new Target("demo", "shop", "Pod", "web-1");

  private final Council council;
  private final CaseId caseId;
  private final Electorate electorate;
  private final CaseAggregate rules;
  private final List<CaseEvent> events = new ArrayList<>();
  private Policy policy = Council.POLICY;
  private CaseState state = CaseState.EMPTY;
  private Instant now;

  public Story(Council council) {
    this(council, CASE, council.electorate(), START);
  }

  public Story(Council council, CaseId caseId, Electorate electorate, Instant start) {
    this.council = council;
    this.caseId = caseId;
    this.electorate = electorate;
    this.now = start;
    Digest digest = Council.HASHER.electorate(electorate);
    this.rules =
        new CaseAggregate(
            Council.HASHER, d -> d.equals(digest) ? electorate : null, new BallotSignatures());
  }

  public List<CaseEvent> events() {
    return List.copyOf(events);
  }

  /** Votes are opened by that policy from now on. */
  public Story under(Policy other) {
    policy = other;
    return this;
  }

  public Story tell(CaseCommand command) {
    return tell(rules, command);
  }

  private Story tell(CaseAggregate rules, CaseCommand command) {
    now = now.plusSeconds(1);
    Decision<CaseEvent> decision = rules.decide(state, command, now);
    if (!(decision instanceof Decision.Accepted<CaseEvent> accepted)) {
      throw new AssertionError(decision);
    }
    for (CaseEvent event : accepted.events()) {
      state = rules.apply(state, event);
      events.add(event);
    }
    return this;
  }

  /** Code of the refusal; tells nothing. */
  public Optional<String> refusal(CaseCommand command) {
    return rules.decide(state, command, now) instanceof Decision.Refused<CaseEvent> refused
        ? Optional.of(refused.refusal().code())
        : Optional.empty();
  }

  public Story alert(String id) {
    String raw = "{\"rule\":\"shell in a container\",\"id\":\"" + id + "\"}";
    Alert alert =
        anAlert()
            .sensor("falco")
            .id(id)
            .title("A shell")
            .pod("demo", "shop", "web-1")
            .when(now)
            .techniques(List.of("T1059.004"))
            .raw(Council.HASHER.text(raw))
            .build();
    return tell(new CaseCommand.RecordAlert(caseId, "council", alert, raw));
  }

  public Story propose(SignedDraft signed) {
    return tell(new CaseCommand.Propose(caseId, signed, council.charter().domain()))
        .open(List.of());
  }

  /** As proposals opened cases of older names. */
  public Story proposeAsBefore(SignedDraft signed) {
    return tell(
            CaseAggregate.ofVersion1(Council.HASHER, d -> electorate, new BallotSignatures()),
            new CaseCommand.Propose(caseId, signed, council.charter().domain()))
        .open(List.of());
  }

  public Story open() {
    return open(20);
  }

  /** With an option that says that impact; its playbook says 20. */
  public Story open(int impact) {
    return open(
        List.of(
            new ResponseOption("Isolate", Council.playbook(0), impact, List.of(POD), isolated()),
            new ResponseOption("Delete", Council.playbook(1), 60, List.of(POD), Map.of())));
  }

  /** Votes for asking a person. */
  public Story openAsking() {
    return open(
        List.of(
            new ResponseOption(
                "Ask", PlaybookDigest.of(Council.ASKING), 60, List.of(POD), Map.of())));
  }

  private Map<String, String> isolated() {
    return Map.of("__case_id__", caseId.value());
  }

  private Story open(List<ResponseOption> options) {
    return open(options, null, false);
  }

  /** With what the one option would touch. */
  public Story open(Digest blastRadius) {
    return open(blastRadius, false);
  }

  /** And, where it is allowed, with a containment before the decision. */
  public Story open(Digest blastRadius, boolean provisionalContainment) {
    return open(
        List.of(new ResponseOption("Isolate", Council.playbook(0), 20, List.of(POD), isolated())),
        blastRadius,
        provisionalContainment);
  }

  private Story open(
      List<ResponseOption> options, Digest blastRadius, boolean provisionalContainment) {
    return tell(
        new CaseCommand.OpenVoting(
            options,
            policy,
            null,
            Council.HASHER.electorate(electorate),
            electorate.registrySeq(),
            electorate.total(),
            council.charter().domain(),
            blastRadius,
            provisionalContainment));
  }

  /** As votes were opened before ballots bound what alerts were read as. */
  public Story openAsBefore() {
    open();
    CaseEvent.VotingOpened v = (CaseEvent.VotingOpened) events.remove(events.size() - 1);
    CaseState before = CaseState.EMPTY;
    for (CaseEvent event : events) {
      before = rules.apply(before, event);
    }
    ProposalContent content =
        v.content().as(1, AlertDigests.of(1, null, before.alerts(), Council.HASHER));
    CaseEvent old =
        new CaseEvent.VotingOpened(
            content,
            Council.HASHER.proposal(content),
            v.policy(),
            v.normal(),
            v.registrySeq(),
            v.total(),
            v.domain(),
            v.deadline(),
            v.at());
    state = rules.apply(before, old);
    events.add(old);
    return this;
  }

  public SignedBallot ballot(int member, Support support, int mask) {
    Ballot ballot =
        aBallot()
            .proposal(Council.HASHER.text(caseId.value()))
            .hash(state.voting().proposalHash())
            .voter(council.address(member))
            .support(support)
            .mask(BigInteger.valueOf(mask))
            .nonce(0)
            .deadline(now.getEpochSecond() + 3_600)
            .build();
    return council.sign(ballot, member);
  }

  public Story vote(int member, Support support, int mask) {
    return tell(new CaseCommand.CastVote(ballot(member, support, mask), "key-" + member));
  }

  public Story deadline() {
    now = state.voting().deadline().plus(Duration.ofSeconds(1));
    return tell(new CaseCommand.CheckDeadline());
  }

  public Story dismiss() {
    return tell(new CaseCommand.DismissCase("no playbook fits"));
  }

  public Story veto(SignedVeto signed, long registrySeq) {
    return tell(new CaseCommand.VetoProposal(signed, registrySeq));
  }

  public Story refuse() {
    return tell(new CaseCommand.RefuseExecution("recount_ballot", "event 5: not signed: by ana"));
  }

  /** The plan of the option that was chosen. */
  public PlannedWorkflow plan() {
    return plan(state.outcome().option());
  }

  public PlannedWorkflow plan(int chosen) {
    ResponseOption option = state.voting().content().options().get(chosen);
    JsonNode document =
        Stream.concat(Council.PLAYBOOKS.stream(), Stream.of(Council.ASKING))
            .filter(book -> PlaybookDigest.of(book).equals(option.playbookDigest()))
            .findFirst()
            .orElseThrow();
    if (PlaybookParser.parse(Json.toTree(document)) instanceof Parsed.Accepted accepted
        && ExecutionPlan.of(accepted.playbook(), option) instanceof ExecutionPlan.Planned planned) {
      return planned.workflow();
    }
    throw new AssertionError(option);
  }

  public PlannedStep step(int number) {
    return plan().steps().get(plan().order().get(number));
  }

  public String fence(String step) {
    return caseId + "/" + step;
  }

  public Story start(String adapter) {
    return tell(new CaseCommand.StartExecution(adapter, plan().order()));
  }

  /** As the executor announces it, with what it has looked up. */
  public CaseCommand.IntendStep intent(PlannedStep step) {
    Map<String, String> parameters = new TreeMap<>(step.parameters());
    if (step.command().equals("delete-pod")) {
      parameters.put("pin.uid", "u-1");
    }
    return new CaseCommand.IntendStep(
        step.id(),
        1,
        step.command(),
        step.target(),
        parameters,
        fence(step.id()),
        now.plusSeconds(31));
  }

  public CaseCommand.IntendStep undo(PlannedStep step) {
    Map<String, String> parameters = new TreeMap<>(step.parameters());
    parameters.put("fence", fence(step.id()));
    String id = Execution.UNDO + step.id();
    return new CaseCommand.IntendStep(
        id,
        1,
        step.inverse().orElseThrow(),
        step.target(),
        parameters,
        fence(id),
        now.plusSeconds(31));
  }

  public CaseCommand.ObserveStep observation(CaseCommand.IntendStep intent, StepOutcome outcome) {
    return new CaseCommand.ObserveStep(
        intent.step(),
        1,
        outcome,
        "seen",
        Requests.of(
            intent.action(), intent.target(), intent.parameters(), caseId.value(), intent.fence()));
  }

  private Story one(CaseCommand.IntendStep intent, StepOutcome outcome) {
    return tell(intent).tell(observation(intent, outcome));
  }

  public Story execute(String adapter, StepOutcome outcome) {
    start(adapter);
    plan().steps().values().forEach(step -> one(intent(step), outcome));
    return tell(new CaseCommand.EndExecution());
  }

  /** Signed by a member, recorded as number 2 of the registry. */
  public CaseCommand abortion() {
    return new CaseCommand.AbortExecution(
        new RecordedStatement(council.abort(caseId, true, 1, 1, now.plusSeconds(600)), 2));
  }

  /** One step done, aborted, taken back. */
  public Story abort() {
    start("kubernetes").one(intent(step(0)), StepOutcome.DONE);
    tell(abortion());
    one(undo(step(0)), StepOutcome.DONE);
    return aborted();
  }

  /** One step done, vetoed, taken back. */
  public Story vetoWhileExecuting(SignedVeto signed, long registrySeq) {
    start("kubernetes").one(intent(step(0)), StepOutcome.DONE);
    veto(signed, registrySeq);
    one(undo(step(0)), StepOutcome.DONE);
    return aborted();
  }

  private Story aborted() {
    CaseEvent.AbortRequested abort = state.execution().abort();
    return tell(
        new CaseCommand.EndExecution(
            ExecutionOutcome.ABORTED, "aborted by " + abort.by() + ": " + abort.reason()));
  }

  /** Aborted before anything had begun. */
  public Story neverBegun() {
    return tell(abortion());
  }

  public static Story approved(Council council) {
    return new Story(council).decide();
  }

  /** Two alerts, and the votes of three members for the first option. */
  public Story decide() {
    return alert("a1")
        .alert("a2")
        .open()
        .vote(0, Support.FOR, 1)
        .vote(1, Support.FOR, 3)
        .vote(2, Support.FOR, 1);
  }

  public Digest proposalHash() {
    return state.voting().proposalHash();
  }

  /** Approved before the deadline, a late ballot, two rehearsed steps, sealed. */
  public static List<CaseEvent> rehearsed(Council council) {
    return approved(council)
        .vote(3, Support.AGAINST, 0)
        .execute("rehearsal", StepOutcome.REHEARSED)
        .events();
  }
}
