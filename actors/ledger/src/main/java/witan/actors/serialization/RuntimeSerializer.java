package witan.actors.serialization;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import witan.actors.entity.LoggedEntity.AskWaits;
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
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.LoggedTimes;
import witan.domain.common.Refusal;
import witan.log.tree.Hash;

/**
 * The runtime's messages and the journal's event. A manifest is a letter and a version; a changed
 * shape is a new version beside the old one. Of an event only the logged bytes are kept, as they
 * are.
 */
public final class RuntimeSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 77_001;
  private static final String RECORDED = "R1";
  private static final String APPEND = "A1";
  private static final String APPEND_SIGNED = "A2";
  private static final String ASK_HEAD = "H1";
  private static final String APPENDED = "a1";
  private static final String NOT_HEAD = "n1";
  private static final String HEAD_IS = "h1";
  private static final String SUBMIT = "S1";
  private static final String SUBMIT_SIGNED = "S2";
  private static final String PING = "P1";
  private static final String ASK_WAITS = "Q1";
  private static final String DONE = "D1";
  private static final String DECLINED = "X1";
  private static final String BUSY = "B1";

  private final ActorRefResolver refs;

  /** Made by Akka. */
  public RuntimeSerializer(ExtendedActorSystem system) {
    refs = ActorRefResolver.get(Adapter.toTyped(system));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object o) {
    if (o instanceof Recorded) {
      return RECORDED;
    } else if (o instanceof Append append) {
      return append.signature() == null ? APPEND : APPEND_SIGNED;
    } else if (o instanceof AskHead) {
      return ASK_HEAD;
    } else if (o instanceof Appended) {
      return APPENDED;
    } else if (o instanceof NotHead || o instanceof BadTime) {
      return NOT_HEAD;
    } else if (o instanceof HeadIs) {
      return HEAD_IS;
    } else if (o instanceof Submit submit) {
      return submit.proof() == null ? SUBMIT : SUBMIT_SIGNED;
    } else if (o instanceof Ping) {
      return PING;
    } else if (o instanceof AskWaits) {
      return ASK_WAITS;
    } else if (o instanceof Answer.Done) {
      return DONE;
    } else if (o instanceof Answer.Declined) {
      return DECLINED;
    } else if (o instanceof Answer.Busy) {
      return BUSY;
    }
    throw new IllegalArgumentException("not a message of the runtime: " + o.getClass());
  }

  @Override
  public byte[] toBinary(Object o) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(o, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void write(Object o, DataOutputStream out) throws IOException {
    if (o instanceof Recorded recorded) {
      out.writeLong(recorded.index());
      writeItem(out, recorded.item());
    } else if (o instanceof Append append) {
      writeText(out, append.pid());
      out.writeInt(append.items().size());
      for (LogItem item : append.items()) {
        writeItem(out, item);
      }
      if (append.signature() != null) {
        writeBytes(out, append.signature().encoded());
      }
      writeRef(out, append.replyTo());
    } else if (o instanceof AskHead ask) {
      writeText(out, ask.pid());
      writeRef(out, ask.replyTo());
    } else if (o instanceof Appended appended) {
      writeText(out, appended.pid());
      out.writeLong(appended.seq());
      out.write(appended.hash().bytes());
      out.writeLong(appended.index());
    } else if (o instanceof NotHead notHead) {
      writeText(out, notHead.pid());
      out.write(notHead.hash().bytes());
    } else if (o instanceof BadTime badTime) {
      writeText(out, badTime.pid());
      out.write(badTime.hash().bytes());
      out.writeLong(badTime.window().from().toEpochMilli());
      out.writeLong(badTime.window().to().toEpochMilli());
    } else if (o instanceof HeadIs head) {
      writeText(out, head.pid());
      out.writeLong(head.seq());
      out.write(head.hash().bytes());
    } else if (o instanceof Submit submit) {
      writeBytes(out, submit.command());
      if (submit.proof() != null) {
        writeBytes(out, submit.proof().encoded());
      }
      writeRef(out, submit.replyTo());
    } else if (o instanceof Ping ping) {
      writeRef(out, ping.replyTo());
    } else if (o instanceof AskWaits ask) {
      writeRef(out, ask.replyTo());
    } else {
      writeAnswer(o, out);
    }
  }

  private void writeAnswer(Object o, DataOutputStream out) throws IOException {
    if (o instanceof Answer.Done<?> done && done.value() instanceof Receipt receipt) {
      writeText(out, receipt.pid());
      out.writeLong(receipt.seq());
      out.writeLong(receipt.index());
      out.writeBoolean(receipt.repeated());
    } else if (o instanceof Answer.Declined<?> declined) {
      writeText(out, declined.refusal().code());
      writeText(out, declined.refusal().message());
      writeText(out, declined.refusal().hint());
    } else if (o instanceof Answer.Busy<?> busy) {
      writeText(out, busy.reason());
      out.writeLong(busy.retryAfter().toMillis());
    } else {
      throw new IllegalArgumentException("not a message of the runtime: " + o.getClass());
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return switch (manifest) {
        case RECORDED -> new Recorded(in.readLong(), readItem(in));
        case APPEND -> new Append(readText(in), readItems(in), null, readRef(in));
        case APPEND_SIGNED ->
            new Append(
                readText(in), readItems(in), NodeSignature.decoded(readBytes(in)), readRef(in));
        case ASK_HEAD -> new AskHead(readText(in), readRef(in));
        case APPENDED -> new Appended(readText(in), in.readLong(), readHash(in), in.readLong());
        case NOT_HEAD -> refused(readText(in), readHash(in), in);
        case HEAD_IS -> new HeadIs(readText(in), in.readLong(), readHash(in));
        case SUBMIT -> new Submit(readBytes(in), null, readRef(in));
        case SUBMIT_SIGNED ->
            new Submit(readBytes(in), NodeProof.decoded(readBytes(in)), readRef(in));
        case PING -> new Ping(readRef(in));
        case ASK_WAITS -> new AskWaits(readRef(in));
        case DONE ->
            new Answer.Done<>(
                new Receipt(readText(in), in.readLong(), in.readLong(), in.readBoolean()));
        case DECLINED ->
            new Answer.Declined<Receipt>(new Refusal(readText(in), readText(in), readText(in)));
        case BUSY -> new Answer.Busy<Receipt>(readText(in), Duration.ofMillis(in.readLong()));
        default -> throw new NotSerializableException("unknown manifest " + manifest);
      };
    } catch (NotSerializableException e) {
      throw e;
    } catch (IOException e) {
      throw new NotSerializableException(manifest + ": " + e);
    }
  }

  /**
   * A node of an earlier release ends after the hash and takes {@code BadTime} for {@code NotHead}:
   * it drops what is pending, catches up and decides again, as it shall.
   */
  private static LogReply refused(String pid, Hash hash, DataInputStream in) throws IOException {
    if (in.available() == 0) {
      return new NotHead(pid, hash);
    }
    Instant from = Instant.ofEpochMilli(in.readLong());
    return new BadTime(
        pid, hash, new LoggedTimes.Window(from, Instant.ofEpochMilli(in.readLong())));
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a length of " + length);
    }
    return in.readNBytes(length);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  private static Hash readHash(DataInputStream in) throws IOException {
    byte[] hash = new byte[Hash.LENGTH];
    in.readFully(hash);
    return Hash.of(hash);
  }

  private static void writeItem(DataOutputStream out, LogItem item) throws IOException {
    writeBytes(out, item.entry());
    writeBytes(out, item.sealedBody());
  }

  private static LogItem readItem(DataInputStream in) throws IOException {
    return new LogItem(readBytes(in), readBytes(in));
  }

  private static List<LogItem> readItems(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<LogItem> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(readItem(in));
    }
    return items;
  }

  private void writeRef(DataOutputStream out, ActorRef<?> ref) throws IOException {
    writeText(out, refs.toSerializationFormat(ref));
  }

  private <T> ActorRef<T> readRef(DataInputStream in) throws IOException {
    return refs.resolveActorRef(readText(in));
  }
}
