package witan.actors.serialization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import akka.Done;
import akka.actor.ExtendedActorSystem;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import com.typesafe.config.ConfigFactory;
import java.io.NotSerializableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import witan.actors.entity.LoggedEntity.Ping;
import witan.actors.entity.LoggedEntity.Submit;
import witan.actors.entity.Recorded;
import witan.actors.log.LogItem;
import witan.actors.log.LogReply;
import witan.actors.log.LogReply.Appended;
import witan.actors.log.LogReply.BadTime;
import witan.actors.log.LogReply.HeadIs;
import witan.actors.log.LogReply.NotHead;
import witan.actors.log.Sequencer.Append;
import witan.actors.log.Sequencer.AskHead;
import witan.actors.peer.NodeProof;
import witan.actors.peer.NodeSignature;
import witan.codec.command.CommandCodec;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.LoggedTimes;
import witan.domain.common.Refusal;
import witan.domain.proposal.CaseCommand.CheckDeadline;
import witan.log.tree.Hashing;

class RuntimeSerializerTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString(
                  """
                  akka.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
                  akka.cluster.jmx.enabled = off
                  """)
              .withFallback(ConfigFactory.parseResources("witan-runtime.conf"))
              .withFallback(ConfigFactory.load())
              .resolve());

  private static final LoggedTimes.Window WINDOW =
      new LoggedTimes.Window(Instant.ofEpochMilli(1_000), Instant.ofEpochMilli(121_000));

  private static final LogItem ITEM = new LogItem(new byte[] {1, 2, 3}, new byte[] {4});

  private final Serialization serialization =
      SerializationExtension.get(Adapter.toClassic(KIT.system()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private Object roundTrip(Object message) {
    byte[] bytes = serialization.serialize(message).get();
    var serializer =
        assertInstanceOf(RuntimeSerializer.class, serialization.findSerializerFor(message));
    return serialization
        .deserialize(bytes, serializer.identifier(), serializer.manifest(message))
        .get();
  }

  @Test
  void messagesAreTheSameAfterTheWay() {
    TestProbe<LogReply> replies = KIT.createTestProbe(LogReply.class);
    TestProbe<Done> pings = KIT.createTestProbe();
    for (Object message :
        List.of(
            new AskHead("case|x", replies.ref()),
            new Appended("case|x", 3, Hashing.sha256(new byte[1]), 17),
            new NotHead("case|ü", Hashing.sha256(new byte[2])),
            new BadTime("case|x", Hashing.sha256(new byte[3]), WINDOW),
            new HeadIs("case|x", 0, Hashing.EMPTY),
            new Ping(pings.ref()),
            new Answer.Done<>(new Receipt("case|x", 2, 9, true)),
            new Answer.Declined<Receipt>(new Refusal("code", "message", "hint")),
            new Answer.Busy<Receipt>("full", Duration.ofMillis(1_500)))) {
      assertEquals(message, roundTrip(message));
    }
  }

  /** A node of an earlier release reads a refusal it knows, and ends where it ended then. */
  @Test
  void badTimeIsNotHeadToThoseWhoDoNotKnowIt() {
    RuntimeSerializer serializer =
        new RuntimeSerializer((ExtendedActorSystem) Adapter.toClassic(KIT.system()));
    BadTime refusal = new BadTime("case|x", Hashing.sha256(new byte[3]), WINDOW);
    NotHead known = new NotHead(refusal.pid(), refusal.hash());
    byte[] old = serializer.toBinary(known);
    assertEquals("n1", serializer.manifest(refusal));
    assertArrayEquals(old, Arrays.copyOf(serializer.toBinary(refusal), old.length));
  }

  @Test
  void loggedBytesAreKeptAsTheyAre() {
    Recorded recorded = (Recorded) roundTrip(new Recorded(5, ITEM));
    assertEquals(5, recorded.index());
    assertArrayEquals(ITEM.entry(), recorded.item().entry());
    assertArrayEquals(ITEM.sealedBody(), recorded.item().sealedBody());
    TestProbe<LogReply> replies = KIT.createTestProbe(LogReply.class);
    Append append =
        (Append) roundTrip(new Append("case|x", List.of(ITEM, ITEM), null, replies.ref()));
    assertNull(append.signature());
    assertEquals("case|x", append.pid());
    assertEquals(replies.ref(), append.replyTo());
    assertEquals(2, append.items().size());
    assertArrayEquals(ITEM.entry(), append.items().get(1).entry());
  }

  @Test
  void whoSentItIsTheSameAfterTheWay() {
    TestProbe<LogReply> replies = KIT.createTestProbe(LogReply.class);
    TestProbe<Answer<Receipt>> answers = KIT.createTestProbe();
    byte[] command = new CommandCodec().encode(new CheckDeadline());
    NodeSignature by = new NodeSignature(new byte[] {9, 8}, new byte[64]);
    NodeProof proof = new NodeProof(-7, 1_700_000_000_000L, by);

    Append append = (Append) roundTrip(new Append("case|x", List.of(ITEM), by, replies.ref()));
    assertArrayEquals(by.encoded(), Objects.requireNonNull(append.signature()).encoded());
    assertEquals(replies.ref(), append.replyTo());

    Submit signed = (Submit) roundTrip(new Submit(command, proof, answers.ref()));
    assertArrayEquals(command, signed.command());
    assertArrayEquals(proof.encoded(), Objects.requireNonNull(signed.proof()).encoded());
    assertEquals(answers.ref(), signed.replyTo());

    Submit unsigned = (Submit) roundTrip(new Submit(command, null, answers.ref()));
    assertArrayEquals(command, unsigned.command());
    assertNull(unsigned.proof());
  }

  @Test
  void damagedBytesAndUnknownManifestsAreRefused() {
    RuntimeSerializer serializer =
        new RuntimeSerializer((ExtendedActorSystem) Adapter.toClassic(KIT.system()));
    byte[] bytes = serializer.toBinary(new Recorded(5, ITEM));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      assertThrows(NotSerializableException.class, () -> serializer.fromBinary(cut, "R1"));
    }
    assertThrows(NotSerializableException.class, () -> serializer.fromBinary(bytes, "R9"));
    assertThrows(IllegalArgumentException.class, () -> serializer.manifest("text"));
  }
}
