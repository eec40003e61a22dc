package witan.actors.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import witan.actors.testing.MemoryCouncil;
import witan.chain.anchor.AnchorIntent;
import witan.chain.anchor.AnchorJournal;
import witan.chain.anchor.AnchorReceipt;
import witan.chain.anchor.ChainIdentity;
import witan.chain.anchor.ChainSettings;
import witan.chain.anchor.FeeMode;
import witan.domain.api.Anchors;
import witan.domain.common.CaseId;
import witan.domain.governance.Assurance;
import witan.domain.proposal.CaseCommand;

class AnchorActorTest {
  private final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseString("akka.actor.provider = local")
              .withFallback(ConfigFactory.parseResources("witan-anchor.conf"))
              .withFallback(ConfigFactory.load())
              .resolve());
  private final MemoryCouncil council = new MemoryCouncil();
  private final MemoryChain chain = new MemoryChain();
  private final MemoryJournal journal = new MemoryJournal();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  /** Survives the actor. */
  private static final class MemoryJournal implements AnchorJournal {
    private ChainIdentity identity;
    private AnchorIntent intent;
    private AnchorReceipt confirmation;

    @Override
    public synchronized State load() {
      return new State(identity, intent, confirmation);
    }

    @Override
    public synchronized void adopt(ChainIdentity adopted) {
      identity = adopted;
      intent = null;
      confirmation = null;
    }

    @Override
    public synchronized void intend(AnchorIntent intended) {
      intent = intended;
      confirmation = null;
    }

    @Override
    public synchronized void confirm(AnchorReceipt receipt) {
      confirmation = receipt;
    }
  }

  private static AnchorSettings settings(boolean redeploy, Optional<ChainIdentity> adopt) {
    return new AnchorSettings(
        true,
        Duration.ofMillis(40),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(5),
        redeploy,
        adopt,
        new ChainSettings(
            URI.create("http://127.0.0.1:1"),
            1337,
            Duration.ofMillis(5),
            2,
            Duration.ofSeconds(1),
            new FeeMode.FreeLondon()));
  }

  private ActorRef<AnchorActor.Message> start(AnchorSettings settings) {
    return kit.spawn(
        AnchorActor.create(
            new AnchorWork(chain, journal, council, "witan.test/log", 0, settings), settings));
  }

  private Anchors.Status status(ActorRef<AnchorActor.Message> actor) {
    TestProbe<Anchors.Status> probe = kit.createTestProbe();
    actor.tell(new AnchorActor.GetStatus(probe.getRef()));
    return probe.receiveMessage();
  }

  private Anchors.Status await(
      ActorRef<AnchorActor.Message> actor, Anchors.State state, long size) {
    return kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(10),
            () -> {
              Anchors.Status now = status(actor);
              assertEquals(state, now.state(), now.toString());
              assertEquals(size, now.anchoredSize(), now.toString());
              return now;
            });
  }

  private void log(int number) {
    CaseId id = new CaseId("c-" + number);
    council.decide(
        id,
        new CaseCommand.RecordAlert(
            id, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a" + number, "web-1"), "{}"));
  }

  @Test
  void theLogIsFollowedAndTheAnchorNamed() {
    council.found(Assurance.IMMEDIATE);
    ActorRef<AnchorActor.Message> actor = start(settings(true, Optional.empty()));
    Anchors.Status status = await(actor, Anchors.State.FOLLOWING, 1);
    assertEquals(council.root(1).hex(), status.last().root());
    assertEquals(chain.genesis, status.last().genesisHash());
    assertEquals(chain.genesis, status.registry().genesisHash());

    log(1);
    actor.tell(new AnchorActor.Nudge());

    assertEquals(3, await(actor, Anchors.State.FOLLOWING, 3).last().size());
  }

  @Test
  void aChainThatIsDownIsSaidAndCaughtUpWith() {
    council.found(Assurance.IMMEDIATE);
    ActorRef<AnchorActor.Message> actor = start(settings(true, Optional.empty()));
    await(actor, Anchors.State.FOLLOWING, 1);
    chain.down = true;
    log(1);

    Anchors.Status down = await(actor, Anchors.State.CHAIN_UNREACHABLE, 1);
    assertNotNull(down.last(), "what was anchored stays so");

    chain.down = false;
    await(actor, Anchors.State.FOLLOWING, 3);
  }

  @Test
  void aWipedChainTakesTheAssuranceBackUntilAPersonAdopts() {
    council.found(Assurance.IMMEDIATE);
    ChainIdentity trusted = chain.identityOfDeployed();
    ActorRef<AnchorActor.Message> actor = start(settings(false, Optional.of(trusted)));
    await(actor, Anchors.State.FOLLOWING, 1);
    chain.wipe("0x" + "bb".repeat(32));

    Anchors.Status changed = await(actor, Anchors.State.IDENTITY_CHANGED, 0);

    assertNull(changed.last());
    assertEquals(0, chain.head);
    assertEquals(trusted, journal.load().identity());
  }

  @Test
  void inDevelopmentAWipedChainIsAdoptedAndAnchoredFromZero() {
    council.found(Assurance.IMMEDIATE);
    log(1);
    ActorRef<AnchorActor.Message> actor = start(settings(true, Optional.empty()));
    await(actor, Anchors.State.FOLLOWING, 3);
    chain.wipe("0x" + "bb".repeat(32));

    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(10),
            () -> {
              Anchors.Status now = status(actor);
              assertEquals(3, now.anchoredSize(), now.toString());
              assertEquals("0x" + "bb".repeat(32), now.last().genesisHash());
              return null;
            });

    assertEquals(0, journal.load().intent().oldSize());
    assertEquals(3, journal.load().intent().newSize());
  }

  @Test
  void withoutAdoptionNothingIsAnchored() {
    council.found(Assurance.IMMEDIATE);
    ActorRef<AnchorActor.Message> actor = start(settings(false, Optional.empty()));
    await(actor, Anchors.State.DISABLED, 0);
    assertNull(journal.load().identity());
  }

  @Test
  void aRootThatIsNotOursIsAnAlarm() {
    council.found(Assurance.IMMEDIATE);
    ActorRef<AnchorActor.Message> actor = start(settings(true, Optional.empty()));
    await(actor, Anchors.State.FOLLOWING, 1);
    chain.head = 1;
    chain.root = council.root(1).hex().replaceFirst("^..", "00");
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(10),
            () -> {
              assertEquals(Anchors.State.ALARM, status(actor).state());
              return null;
            });
  }

  @Test
  void anInstanceThatDiesAnywhereIsFollowedByOneThatGoesOn() {
    council.found(Assurance.IMMEDIATE);
    AnchorSettings settings = settings(true, Optional.empty());
    for (int kill = 0; kill < 6; kill++) {
      log(kill);
      chain.failAfter = kill;
      ActorRef<AnchorActor.Message> actor = start(settings);
      TestProbe<Object> probe = kit.createTestProbe();
      probe.awaitAssert(
          Duration.ofSeconds(10),
          () -> {
            assertTrue(chain.failed || status(actor).anchoredSize() == council.size());
            return null;
          });
      kit.stop(actor);
      chain.failAfter = Integer.MAX_VALUE;
      chain.failed = false;
    }
    ActorRef<AnchorActor.Message> last = start(settings);
    await(last, Anchors.State.FOLLOWING, council.size());
    assertFalse(chain.anchors.isEmpty());
    assertEquals(chain.anchors.stream().distinct().count(), chain.anchors.size(), "each size once");
  }

  @Test
  void aNodeLearnsTheStatusAndTellsWhoWaits() throws Exception {
    council.found(Assurance.IMMEDIATE);
    AnchorSettings settings = settings(true, Optional.empty());
    AnchorStatus status = AnchorStatus.follow(kit.system(), start(settings), settings);
    CompletableFuture<Anchors.Anchored> second = status.covering(2).toCompletableFuture();
    assertEquals(
        1,
        status
            .covering(0)
            .toCompletableFuture()
            .get(10, java.util.concurrent.TimeUnit.SECONDS)
            .size());
    assertFalse(second.isDone());
    log(1);
    assertEquals(3, second.get(10, java.util.concurrent.TimeUnit.SECONDS).size());
  }

  @Test
  void settingsAreReadFromTheirFile() {
    AnchorSettings read =
        AnchorSettings.from(ConfigFactory.parseResources("witan-anchor.conf").resolve());
    assertEquals(Duration.ofSeconds(30), read.interval());
    assertFalse(read.redeployOnNewChain());
    assertEquals(Optional.empty(), read.adopt());
  }
}
