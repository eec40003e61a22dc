package witan.actors.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import witan.actors.entity.LoggedCouncil;
import witan.actors.testing.MemoryCouncil;
import witan.domain.api.CaseQuery;
import witan.domain.api.CaseSummary;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Page;
import witan.domain.common.CaseId;
import witan.domain.detection.Severity;
import witan.domain.governance.Assurance;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.Phase;
import witan.domain.registry.FoundingPlace;

class CaseViewsTest {
  private static final Duration NO_TIME = Duration.ofMillis(1);

  private final ActorTestKit kit = ActorTestKit.create();
  private final MemoryCouncil council = new MemoryCouncil();
  private final List<LoggedEvent> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private CaseViews views(int recent, int maxCases) {
    return CaseViews.start(
        kit.system(),
        council,
        council.decoder(),
        new ViewSettings(Duration.ofMillis(5), 7, recent, maxCases, 3, NO_TIME, 2),
        heard::add);
  }

  /** That waits long, and looks by itself only when it starts. */
  private CaseViews patient(Consumer<LoggedEvent> listener) {
    return CaseViews.start(
        kit.system(),
        council,
        council.decoder(),
        new ViewSettings(Duration.ofHours(1), 7, 100, 100, 3, Duration.ofSeconds(60), 2),
        listener);
  }

  private void open(int number) {
    CaseId id = new CaseId("c-" + number);
    council.decide(
        id,
        new CaseCommand.RecordAlert(
            id,
            MemoryCouncil.ID,
            MemoryCouncil.alert("falco", "a" + number, "web-" + number),
            "{}"));
  }

  private void close(int number) {
    council.decide(new CaseId("c-" + number), new CaseCommand.DismissCase("done"));
  }

  private static CaseQuery all(Long before, int limit) {
    return new CaseQuery(null, null, null, false, before, limit);
  }

  private void await(Runnable assertion) {
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(10),
            () -> {
              assertion.run();
              return null;
            });
  }

  /** Asks for a first demand and then only when told. */
  private static final class Reader implements Flow.Subscriber<LoggedEvent> {
    private final long first;
    final List<LoggedEvent> events = new CopyOnWriteArrayList<>();
    volatile Flow.Subscription subscription;
    volatile Throwable error;

    Reader(long first) {
      this.first = first;
    }

    @Override
    public void onSubscribe(Flow.Subscription s) {
      subscription = s;
      s.request(first);
    }

    @Override
    public void onNext(LoggedEvent event) {
      events.add(event);
    }

    @Override
    public void onError(Throwable failure) {
      error = failure;
    }

    @Override
    public void onComplete() {}

    List<Long> indices() {
      return events.stream().map(LoggedEvent::index).toList();
    }
  }

  private static List<Long> range(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  @Test
  void listsAreNewestFirstPagedAndFiltered() {
    for (int i = 0; i < 5; i++) {
      open(i);
    }
    close(1);
    CaseViews views = views(100, 100);
    await(() -> assertEquals(council.size(), views.cases(all(null, 1)).asOf()));

    Page<CaseSummary> first = views.cases(all(null, 3));
    Page<CaseSummary> rest = views.cases(all(first.next(), 3));

    List<String> ids = new ArrayList<>();
    first.items().forEach(c -> ids.add(c.caseId().value()));
    rest.items().forEach(c -> ids.add(c.caseId().value()));
    assertEquals(List.of("c-4", "c-3", "c-2", "c-1", "c-0"), ids);
    assertNull(rest.next());
    assertEquals(
        1, views.cases(new CaseQuery(Phase.CLOSED, null, null, false, null, 10)).items().size());
    assertEquals(
        0,
        views
            .cases(new CaseQuery(null, "eu-1", Severity.CRITICAL, false, null, 10))
            .items()
            .size());
    assertEquals(
        5, views.cases(new CaseQuery(null, "eu-1", Severity.HIGH, false, null, 10)).items().size());
    CaseSummary summary = first.items().get(0);
    assertEquals("A shell was spawned", summary.title());
    assertEquals(1, summary.alerts());
  }

  @Test
  void beyondTheBoundTheFirstClosedCasesAreForgottenAndOpenOnesNever() {
    for (int i = 0; i < 6; i++) {
      open(i);
    }
    close(3);
    close(1);
    CaseViews views = views(100, 5);
    await(() -> assertEquals(council.size(), views.cases(all(null, 1)).asOf()));

    List<String> ids =
        views.cases(all(null, 10)).items().stream().map(c -> c.caseId().value()).toList();

    assertEquals(List.of("c-5", "c-4", "c-2", "c-1", "c-0"), ids);
    assertEquals(1, views.forgotten());
  }

  @Test
  void aSubscriberGetsHistoryThenWhatComesWithoutAGapOrARepeat() {
    council.found(Assurance.IMMEDIATE);
    for (int i = 0; i < 10; i++) {
      open(i);
    }
    CaseViews views = views(4, 100);
    Reader reader = new Reader(Long.MAX_VALUE);
    views.events(2).subscribe(reader);
    await(() -> assertEquals(range(2, 21), reader.indices()));

    for (int i = 10; i < 30; i++) {
      open(i);
      views.nudge();
    }

    await(() -> assertEquals(range(2, 61), reader.indices()));
    await(() -> assertEquals(61, heard.size()));
    assertNotNull(reader.events.get(0).event());
  }

  @Test
  void onlyWhatIsAskedForIsSent() {
    for (int i = 0; i < 5; i++) {
      open(i);
    }
    CaseViews views = views(100, 100);
    Reader reader = new Reader(3);
    views.events(0).subscribe(reader);
    await(() -> assertEquals(3, reader.events.size()));
    reader.subscription.request(2);
    await(() -> assertEquals(range(0, 5), reader.indices()));
  }

  @Test
  void aLiveReaderThatStopsAskingIsCutOff() {
    open(0);
    CaseViews views = views(4, 100);
    Reader reader = new Reader(2);
    views.events(0).subscribe(reader);
    await(() -> assertEquals(2, reader.events.size()));
    for (int i = 1; i < 6; i++) {
      open(i);
    }
    await(() -> assertNotNull(reader.error));
    assertTrue(reader.error.getMessage().contains("too slow"), reader.error.getMessage());
  }

  @Test
  void tooManySubscribersAreRefusedAndABadDemandIsAnError() {
    open(0);
    CaseViews views = views(4, 100);
    Reader bad = new Reader(0);
    views.events(0).subscribe(bad);
    await(() -> assertNotNull(bad.error));
    for (int i = 0; i < 3; i++) {
      Reader reader = new Reader(1);
      views.events(0).subscribe(reader);
      await(() -> assertEquals(1, reader.events.size()));
    }
    Reader fourth = new Reader(1);
    views.events(0).subscribe(fourth);
    await(() -> assertNotNull(fourth.error));
  }

  @Test
  void entriesThatAreNotPublishedAreNotShown() {
    open(0);
    council.unpublished = 1;
    CaseViews views = views(4, 100);
    await(() -> assertEquals(1, views.cases(all(null, 1)).asOf()));
    council.unpublished = 0;
    await(() -> assertEquals(2, views.cases(all(null, 1)).asOf()));
  }

  private static CompletableFuture<Boolean> reached(CaseViews views, long index) {
    return views.reached(index).toCompletableFuture();
  }

  private static boolean answer(CompletableFuture<Boolean> waiting) throws Exception {
    return waiting.get(10, TimeUnit.SECONDS);
  }

  @Test
  void whoWaitsForAnEntryIsAnsweredAfterOneLookHoweverFarTheViewWasBehind() throws Exception {
    CaseViews views = patient(heard::add);
    for (int i = 0; i < 30; i++) {
      open(i);
    }
    council.pieces = 4;

    assertTrue(answer(reached(views, 59)));

    assertEquals(60, views.viewed());
    assertEquals(60, heard.size());
    assertEquals(30, views.cases(all(null, 100)).items().size());
    assertTrue(reached(views, 59).isDone(), "what is there is answered without asking");
  }

  @Test
  void whoWaitsForAnEntryThatIsNotThereYetIsAnsweredWhenItIsRead() throws Exception {
    council.unpublished = 1; // before the follower's first look, which may come late
    CaseViews views = patient(heard::add);
    open(0);
    CompletableFuture<Boolean> first = reached(views, 0);
    CompletableFuture<Boolean> second = reached(views, 1);
    assertTrue(answer(first));
    assertFalse(second.isDone());

    council.unpublished = 0;
    views.nudge();

    assertTrue(answer(second));
  }

  @Test
  void whoAsksForMoreThanThereCanBeWaitsNoLongerThanTheLimit() throws Exception {
    open(0);
    CaseViews views = views(100, 100);
    assertFalse(answer(reached(views, Long.MAX_VALUE - 1)));
    assertTrue(answer(reached(views, 1)));
  }

  @Test
  void moreThanMayWaitAreAnsweredAtOnceAndPlacesBecomeFree() throws Exception {
    council.unpublished = 2; // before the follower's first look, which may come late
    CaseViews views = patient(heard::add);
    open(0);
    CompletableFuture<Boolean> first = reached(views, 0);
    CompletableFuture<Boolean> second = reached(views, 1);
    assertFalse(answer(reached(views, 1)));

    council.unpublished = 1;
    views.nudge();
    assertTrue(answer(first));
    CompletableFuture<Boolean> third = reached(views, 1);
    assertFalse(second.isDone() || third.isDone());

    council.unpublished = 0;
    views.nudge();
    assertTrue(answer(second) && answer(third));
  }

  @Test
  void whatIsReachedIsShownByTheRegistryAsWell() throws Exception {
    LoggedCouncil registry =
        new LoggedCouncil(
            MemoryCouncil.ID,
            council,
            council,
            council,
            council,
            () -> FoundingPlace.unanchored(MemoryCouncil.ID),
            council.registryRules());
    CaseViews views = patient(registry::logged);
    assertTrue(registry.current().toCompletableFuture().join().isEmpty());
    council.found(Assurance.IMMEDIATE);

    assertTrue(answer(reached(views, 0)));

    assertTrue(registry.current().toCompletableFuture().join().isPresent());
  }
}
