package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import com.typesafe.config.ConfigFactory;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.actors.feed.FeedException;
import witan.actors.feed.FeedProblem;
import witan.actors.kubernetes.ActionResult;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.kubernetes.DryRun;
import witan.actors.kubernetes.FakeCluster;
import witan.actors.planning.ResponsePlanning;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.waiting.WaitBook;
import witan.actors.waiting.WaitsTold;
import witan.domain.api.Anchors;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.execution.Order;
import witan.domain.governance.Assurance;
import witan.domain.governance.Ballot;
import witan.domain.governance.Support;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.planning.PlannedWorkflow.PlanNode;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Waiting;

/** What an executor answers to whoever asks why its case waits. */
class ExecutorWaitsTest {
  private static final CaseId CASE = new CaseId("c-1");

  /** So long that a test is over before the next attempt. */
  private static final Duration LONG = Duration.ofSeconds(25);

  private static ActorTestKit kit;

  private final MemoryCouncil council = new MemoryCouncil();
  private final Playbooks playbooks = new Playbooks();
  private final WaitBook book = new WaitBook();
  private final Lanes lanes = new Lanes(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private ClusterActions cluster = new FakeCluster();
  private Anchors.Status anchors = DecisionChecks.NO_CHAIN;
  private Duration backoff = LONG;

  @BeforeAll
  static void start() {
    kit =
        ActorTestKit.create(
            ConfigFactory.parseString("akka.actor.provider = local")
                .withFallback(ConfigFactory.parseResources("witan-execution.conf"))
                .withFallback(ConfigFactory.load())
                .resolve());
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @AfterEach
  void letGo() {
    release.countDown();
  }

  private void open(Assurance assurance) throws Exception {
    council.found(assurance);
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a1", "web-1"), "{}"));
    RadiusSurvey survey = Drifts.survey(council, playbooks, cluster);
    new ResponsePlanning(
            council.registry(),
            council,
            playbooks,
            council.playbooks(),
            council,
            (caseId, options) ->
                survey
                    .survey(caseId, options)
                    .thenCompose(radius -> RadiusEntity.stored(council, radius))
                    .thenApply(surveyed -> Optional.of(surveyed.radius())))
        .plan(CASE, council.state(CASE))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    council.now = council.now.plusSeconds(10);
  }

  private void approve(Assurance assurance) throws Exception {
    open(assurance);
    council.vote(CASE, 0, Support.FOR);
    council.vote(CASE, 1, Support.FOR);
  }

  private ActorRef<ExecutorMessage> executor() {
    TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
    ExecutionSettings settings =
        new ExecutionSettings(
            Duration.ofSeconds(30),
            backoff,
            backoff,
            4,
            Duration.ofMillis(5),
            Duration.ofMinutes(1));
    return kit.spawn(
        ExecutorEntity.create(
            CASE,
            shard.getRef(),
            new ExecutorTools(
                council.caseLog(),
                council,
                DecisionChecks.of(council, anchors, playbooks, council.playbooks()),
                cluster,
                Drifts.check(council, playbooks, cluster),
                Drifts.containment(council, playbooks, cluster, Drifts.terms()),
                Drifts.noChanges(),
                Drifts.KEY,
                settings,
                lanes,
                () -> council.now,
                book)));
  }

  private ActorRef<ExecutorMessage> woken() {
    ActorRef<ExecutorMessage> executor = executor();
    executor.tell(new ExecutorMessage.Wake(CASE));
    return executor;
  }

  private static List<Waiting> asked(ActorRef<ExecutorMessage> executor) {
    TestProbe<WaitsTold> answers = kit.createTestProbe();
    executor.tell(new ExecutorMessage.AskWaits(answers.getRef()));
    return answers.receiveMessage(Duration.ofSeconds(10)).waits();
  }

  /** Code and who, of each. */
  private static List<String> lines(List<Waiting> waits) {
    return waits.stream().map(w -> w.code().text() + ", " + w.who()).toList();
  }

  private static List<Waiting> saysIn(ActorRef<ExecutorMessage> executor, String... expected) {
    return kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              List<Waiting> waits = asked(executor);
              assertEquals(List.of(expected), lines(waits), waits.toString());
              return waits;
            });
  }

  private void awaitClosed() {
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertTrue(council.state(CASE).sealed(), () -> council.state(CASE).toString());
              return null;
            });
  }

  /** A cluster of which every attempt comes to the same. */
  private record Stubborn(ActionResult result) implements ClusterActions {
    @Override
    public String adapter() {
      return "kubernetes";
    }

    @Override
    public boolean fences(Order order) {
      return true;
    }

    @Override
    public DryRun dryRun(Order order) {
      return new DryRun(true, true, "", 1, List.of(), List.of(), Map.of(), "[]");
    }

    @Override
    public ActionResult perform(Order order) {
      return result;
    }

    @Override
    public ActionResult reconcile(Order order) {
      return result;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FOLLOWING, chain",
    "CHAIN_UNREACHABLE, chain",
    "DISABLED, operator",
    "IDENTITY_CHANGED, operator",
    "ALARM, operator"
  })
  void aDecisionThatMustBeAnchoredWaitsForTheChain(Anchors.State state, String who)
      throws Exception {
    approve(Assurance.ANCHORED);
    anchors = new Anchors.Status(state, 0, null, "a test");

    Waiting said = saysIn(woken(), "anchor_missing, " + who).get(0);

    assertEquals(council.now, said.since());
    assertTrue(said.detail().contains(state + ": a test"), said.detail());
  }

  @Test
  void aDecisionWaitsForItsCheckpointAndNothingIsSaidAfterwards() throws Exception {
    approve(Assurance.IMMEDIATE);
    council.unpublished = 1;
    ActorRef<ExecutorMessage> executor = woken();
    saysIn(executor, "checkpoint_missing, log");
    assertEquals(Map.of("checkpoint_missing", 1), WaitBook.counts(book));

    council.unpublished = 0;

    awaitClosed();
    saysIn(executor);
    assertEquals(Map.of(), WaitBook.counts(book));
  }

  @Test
  void thePlaybookIsNotThereYet() throws Exception {
    approve(Assurance.IMMEDIATE);
    council.replaceContent(Playbooks.DIGEST, null);

    saysIn(woken(), "content_missing, nobody");
  }

  @Test
  void theSameReasonIsOneSinceItsBeginning() throws Exception {
    approve(Assurance.IMMEDIATE);
    council.unpublished = 1;
    ActorRef<ExecutorMessage> executor = woken();
    Waiting first = saysIn(executor, "checkpoint_missing, log").get(0);
    int read = council.casesRead.get();

    council.now = council.now.plusSeconds(5);
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertTrue(council.casesRead.get() > read + 2);
              return null;
            });

    assertEquals(List.of(first), asked(executor));
  }

  @ParameterizedTest
  @CsvSource({
    "STEP_RETRIED, cluster eu-1",
    "TARGET_UNREACHABLE, cluster eu-1",
    "LOG_NOT_BELIEVED, operator"
  })
  void anAttemptThatFailedIsRepeatedLater(WaitCode why, String who) throws Exception {
    approve(Assurance.IMMEDIATE);
    cluster =
        new Stubborn(new ActionResult.Retry("503, come again", "[]", Optional.empty(), false, why));

    Waiting said = saysIn(woken(), why.text() + ", " + who).get(0);

    assertEquals(
        "step quarantine: attempt 1 of 4 came to: 503, come again; the next comes at "
            + council.now.plus(LONG),
        said.detail());
  }

  @Test
  void aCallWaitsForItsTurnAtTheTarget() throws Exception {
    approve(Assurance.IMMEDIATE);
    CountDownLatch begun = new CountDownLatch(1);
    lanes
        .of("cluster eu-1", task -> new Thread(task, "another call").start())
        .execute(
            () -> {
              begun.countDown();
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    assertTrue(begun.await(10, TimeUnit.SECONDS));

    ActorRef<ExecutorMessage> executor = woken();

    saysIn(executor, "lane_busy, cluster eu-1");
    release.countDown();
    awaitClosed();
    saysIn(executor);
  }

  private static DryRun touching(String uid) {
    return new DryRun(
        true,
        true,
        "",
        1,
        List.of(new DryRun.Touched("/api/v1/namespaces/shop/pods/web-1", uid, "7", 0, false)),
        List.of(),
        Map.of(),
        "[]");
  }

  @Test
  void whetherTheTargetsAreThoseVotedOnIsNotKnownYet() throws Exception {
    FakeCluster tried = new FakeCluster();
    cluster = tried;
    tried.dryRuns = order -> touching("u-1");
    approve(Assurance.IMMEDIATE);
    tried.dryRuns =
        order -> new DryRun(false, false, "no answer", 0, List.of(), List.of(), Map.of(), "[]");

    saysIn(woken(), "dry_run_missing, executor");
  }

  @Test
  void theCaseInWhichDriftedTargetsAreVotedOnAgainIsNotOpenYet() throws Exception {
    FakeCluster tried = new FakeCluster();
    cluster = tried;
    tried.dryRuns = order -> touching("u-1");
    approve(Assurance.IMMEDIATE);
    tried.dryRuns = order -> touching("u-2");
    council.before =
        c ->
            c instanceof CaseCommand.ReopenCase
                ? Optional.of(new Answer.Busy<>("a test", Duration.ofSeconds(1)))
                : Optional.empty();

    saysIn(woken(), "next_case_unopened, council");
  }

  @Test
  void theCaseDoesNotAnswer() throws Exception {
    approve(Assurance.IMMEDIATE);
    council.before = c -> Optional.of(new Answer.Busy<>("moving", Duration.ofSeconds(1)));

    saysIn(woken(), "entity_busy, council");
  }

  @Test
  void theCaseRefusesWhatItIsTold() throws Exception {
    approve(Assurance.IMMEDIATE);
    council.before = c -> Optional.of(new Answer.Declined<>(new Refusal("no", "never", "")));

    Waiting said = saysIn(woken(), "command_refused, operator").get(0);

    assertEquals("the case refuses StartExecution: never", said.detail());
  }

  @Test
  void theCaseSaysThatItWasLoggedAndItIsNotRead() throws Exception {
    approve(Assurance.IMMEDIATE);
    council.before =
        c -> Optional.of(new Answer.Done<>(new Receipt("case|c-1", 1, council.size(), true)));

    saysIn(woken(), "no_progress, log");
  }

  @Test
  void whatWasLoggedIsNotReadYet() throws Exception {
    approve(Assurance.IMMEDIATE);
    council.before =
        c -> Optional.of(new Answer.Done<>(new Receipt("case|c-1", 99, council.size(), false)));

    saysIn(woken(), "log_behind, log");
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_VERIFIED_YET, log_not_proved, executor",
    "LOG_FORKED, log_not_believed, operator",
    "LOG_ROLLED_BACK, log_not_believed, operator"
  })
  void theFeedStopsTheExecution(FeedProblem problem, String code, String who) throws Exception {
    approve(Assurance.IMMEDIATE);
    council.reads = CompletableFuture.failedFuture(new FeedException(problem, "a test"));

    saysIn(woken(), code + ", " + who);
  }

  @Test
  void theLogCannotBeRead() throws Exception {
    approve(Assurance.IMMEDIATE);
    council.reads = CompletableFuture.failedFuture(new IllegalStateException("no database"));

    saysIn(woken(), "log_unreadable, operator");
  }

  @Test
  void thePlaybookWaitsByItself() throws Exception {
    playbooks.workflow =
        target ->
            new PlannedWorkflow(
                Map.of("a", Playbooks.step("a", "quarantine-label", target)),
                Map.of(
                    "d", new PlanNode("d", List.of(), List.of(), Duration.ofHours(1), "a", ""),
                    "a", new PlanNode("a", List.of("a"), List.of(), Duration.ZERO, "end", ""),
                    "end", new PlanNode("end", List.of(), List.of(), Duration.ZERO, "", "")),
                "d",
                "");
    approve(Assurance.IMMEDIATE);
    ActorRef<ExecutorMessage> executor = woken();

    Waiting said = saysIn(executor, "delay_running, nobody").get(0);

    assertTrue(said.detail().contains(council.now.plus(Duration.ofHours(1)).toString()));
  }

  /** As a case node logs it that looks at no signature, and begins by itself. */
  @Test
  void aPersonMustLookAtAnExecutionThatNobodyDecided() throws Exception {
    open(Assurance.IMMEDIATE);
    forgedBallot(0);
    forgedBallot(1);
    council.forge(
        CASE,
        new CaseEvent.ExecutionStarted(
            0, Playbooks.DIGEST, "kubernetes", List.of("quarantine", "deny"), council.now));

    saysIn(woken(), "case_void, operator", "not_borne_out, operator");
  }

  private void forgedBallot(int member) {
    Ballot ballot =
        new Ballot(
            council.hasher().text(CASE.value()),
            council.state(CASE).voting().proposalHash(),
            MemoryCouncil.address(member),
            Support.FOR,
            BigInteger.ONE,
            1,
            council.now.plusSeconds(3_600).getEpochSecond(),
            Digest.ZERO);
    council.forge(
        CASE,
        new CaseCommand.CastVote(MemoryCouncil.sign(ballot, MemoryCouncil.key(member + 20)), null));
  }

  /** It follows only once the case that follows is open. */
  @Test
  void theCaseAfterAVoidOneIsNotOpenYet() throws Exception {
    open(Assurance.IMMEDIATE);
    forgedBallot(0);
    forgedBallot(1);
    council.before =
        c ->
            c instanceof CaseCommand.ReopenCase
                ? Optional.of(new Answer.Busy<>("a test", Duration.ofSeconds(1)))
                : Optional.empty();

    saysIn(woken(), "case_void, operator", "next_case_unopened, council");
  }

  @Test
  void oneThatWasStartedByTheQuestionKnowsNothing() throws Exception {
    approve(Assurance.IMMEDIATE);

    assertEquals(List.of(), asked(executor()));
  }

  @Test
  void aNodeThatHasTheCaseNoMoreHasForgottenIt() throws Exception {
    approve(Assurance.IMMEDIATE);
    council.unpublished = 1;
    ActorRef<ExecutorMessage> executor = woken();
    saysIn(executor, "checkpoint_missing, log");

    kit.stop(executor);

    assertEquals(Map.of(), WaitBook.counts(book));
  }
}
