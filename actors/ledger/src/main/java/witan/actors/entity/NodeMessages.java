package witan.actors.entity;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.log.AppendSignature;
import witan.actors.log.Counters;
import witan.actors.log.EntryFormat;
import witan.actors.log.LogItem;
import witan.actors.log.LogReply;
import witan.actors.log.Sequencer;
import witan.actors.peer.PeerRefused;
import witan.actors.peer.Peers;
import witan.codec.command.CommandCodec;
import witan.codec.json.JsonRefused;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;

/**
 * What this node sends to others, signed, and what it opens of theirs. A message to an entity of
 * this very node goes the same way. Thread-safe.
 */
public final class NodeMessages {
  private static final Logger LOG = LoggerFactory.getLogger(NodeMessages.class);
  private static final String PURPOSE = "command";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final CommandCodec codec = new CommandCodec();
  private final Peers peers;
  private final Function<Class<?>, Set<String>> senders;
  private final Counters counters;

  /**
   * Of one node.
   *
   * @param senders of a command's type, the roles that it comes from
   */
  public NodeMessages(Peers peers, Function<Class<?>, Set<String>> senders, Counters counters) {
    this.peers = peers;
    this.senders = senders;
    this.counters = counters;
  }

  /**
   * A command, for one sending.
   *
   * @throws JsonRefused if it cannot be written
   */
  LoggedEntity.Submit submit(String pid, Object command, ActorRef<Answer<Receipt>> replyTo) {
    byte[] bytes = codec.encode(command);
    return new LoggedEntity.Submit(bytes, peers.prove(PURPOSE, pid, bytes), replyTo);
  }

  /** An append, to be sent as often as needed. */
  Sequencer.Append append(
      String pid, List<LogItem> items, EntryFormat format, ActorRef<LogReply> replyTo) {
    return new Sequencer.Append(pid, items, AppendSignature.of(peers, format, pid, items), replyTo);
  }

  /**
   * What was sent; empty where it is not taken: then it was answered Busy, since its sender, once
   * mended, may send it again.
   */
  <C> Optional<C> open(Class<C> family, String pid, LoggedEntity.Submit submit) {
    try {
      C command = codec.decode(family, submit.command());
      Class<?> type = command.getClass();
      peers.checkOnce(
          submit.proof(),
          senders.apply(type),
          type.getSimpleName(),
          PURPOSE,
          pid,
          submit.command());
      return Optional.of(command);
    } catch (PeerRefused refused) {
      counters
          .refusedSender(family.getSimpleName(), refused.code())
          .ifPresent(
              untold ->
                  LOG.error(
                      "REFUSED_SENDER: a command to {} from {} is not taken, {} ({} more since the"
                          + " last time)",
                      pid,
                      submit.replyTo().path().address(),
                      refused.getMessage(),
                      untold));
      submit.replyTo().tell(new Answer.Busy<>(String.valueOf(refused.getMessage()), RETRY_AFTER));
    } catch (JsonRefused refused) {
      LOG.warn("a command to {} cannot be read: {}", pid, refused.getMessage());
      submit.replyTo().tell(new Answer.Busy<>(String.valueOf(refused.getMessage()), RETRY_AFTER));
    }
    return Optional.empty();
  }
}
