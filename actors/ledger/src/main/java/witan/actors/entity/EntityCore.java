package witan.actors.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import witan.actors.log.EntryFormat;
import witan.actors.log.LogReply;
import witan.actors.spi.StoredEntry;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * The entity's protocol without an actor. State is the fold of logged events; what is decided and
 * not logged is in memory only and may be lost at any time. Not thread-safe; every method returns
 * without waiting.
 *
 * @param <S> the aggregate's state
 * @param <C> command
 * @param <E> event
 * @param <R> where answers go
 */
class EntityCore<S, C, E, R> {
  private enum Mode {
    /** Replaying, or waiting for keys to fold what was replayed. */
    RECOVERING,
    ASKING,
    READING,
    ACTIVE
  }

  /** A command and its answer, once the entries are logged that the answer stands on. */
  private record Held<C, R>(Commands.Waiting<C, R> command, Supplier<Answer<Receipt>> answer) {}

  private final Decider<S, C, E> decider;
  private final EntityPort<S, R> port;
  private final Chain chain = new Chain();
  private final Pending<E, Held<C, R>> pending = new Pending<>();
  private final Commands<C, R> commands;
  private final KeyRing keys;
  private final Fold<S, E> fold;

  private Mode mode = Mode.RECOVERING;
  private boolean replayed;
  private boolean persisting;
  private S decided;
  private int headsBehind;
  private int badTimes;

  EntityCore(Decider<S, C, E> decider, EntityPort<S, R> port) {
    this.decider = decider;
    this.port = port;
    this.commands = new Commands<>(decider.settings(), port);
    this.keys = new KeyRing(port);
    this.fold = new Fold<>(decider, keys);
    this.decided = fold.state();
  }

  S logged() {
    return fold.state();
  }

  long seq() {
    return chain.seq();
  }

  @Override
  public String toString() {
    return mode + " at " + chain.seq() + ", " + commands.unanswered() + " unanswered";
  }

  /** Hash of the outstanding append's last entry; {@link EntryFormat#NONE} when there is none. */
  Hash outstandingHash() {
    List<Pending.Entry<E>> entries = pending.outstanding();
    return entries.isEmpty() ? EntryFormat.NONE : entries.get(entries.size() - 1).hash();
  }

  /** It has caught up, and decides. */
  boolean active() {
    return mode == Mode.ACTIVE;
  }

  /** Nothing is pending and nobody waits: nothing is lost by stopping. */
  boolean idle() {
    return mode == Mode.ACTIVE && !persisting && commands.unanswered() == 0 && pending.isEmpty();
  }

  /** Nothing follows, or nothing has begun. */
  boolean dormant() {
    return idle() && (chain.seq() == 0 || decider.aggregate().sealed(fold.state()));
  }

  // ---- journal ----------------------------------------------------------------------------

  /**
   * A row of the journal, in recovery and after a persist alike. Rows may repeat, and hide one
   * another where two writers shared a number; the chain sorts that out.
   */
  void replay(Recorded row) {
    EntryFormat.Header header = decider.format().header(row.item().entry());
    Hash hash = Hashing.leaf(row.item().entry());
    Chain.Place place =
        header.pid().equals(decider.pid()) ? chain.place(header, hash) : Chain.Place.CONTRADICTS;
    if (place == Chain.Place.CONTRADICTS) {
      throw port.fail("journal row " + header.seq() + " contradicts the chain", true);
    }
    if (place == Chain.Place.NEXT) {
      chain.add(hash, row.index());
      fold.add(row);
    }
  }

  void recovered() {
    replayed = true;
    proceed();
  }

  void persisted() {
    persisting = false;
    proceed();
  }

  private void proceed() {
    if (!replayed || persisting || !fold.run()) {
      return;
    }
    if (mode == Mode.RECOVERING) {
      ask();
    } else if (mode == Mode.ACTIVE) {
      answerLogged();
      decide();
      send();
    }
  }

  // ---- catching up ------------------------------------------------------------------------

  private void ask() {
    ask(true);
  }

  private void ask(boolean atOnce) {
    mode = Mode.ASKING;
    decided = fold.state();
    if (atOnce) {
      port.askHead();
    }
    port.tickLater(false);
  }

  /**
   * Asks for what another writer may have logged: of that nobody tells an entity that has nothing
   * to log.
   */
  void look() {
    if (idle()) {
      port.askHead();
    }
  }

  void headIs(LogReply.HeadIs reply) {
    if (idle() && reply.seq() > chain.seq()) {
      port.writerConflict();
      ask();
      return;
    }
    if (mode != Mode.ASKING || persisting) {
      return;
    }
    if (reply.seq() <= chain.seq() && !chain.hash(reply.seq()).equals(reply.hash())) {
      throw port.fail("the log has another entry " + reply.seq(), true);
    }
    if (reply.seq() < chain.seq()) {
      if (++headsBehind > decider.settings().headAttempts()) {
        throw port.fail("the log ends at " + reply.seq() + ", the journal later", true);
      }
      port.tickLater(false);
    } else if (reply.seq() > chain.seq()) {
      mode = Mode.READING;
      port.readLog(chain.seq() + 1);
      port.tickLater(false);
    } else {
      mode = Mode.ACTIVE;
      headsBehind = 0;
      decided = fold.state();
      port.drive(fold.state());
      proceed();
    }
  }

  /** Entries after ours, as asked for by {@link EntityPort#readLog}; empty if it failed. */
  void logRead(List<StoredEntry> entries) {
    if (mode != Mode.READING || persisting) {
      return;
    }
    List<Recorded> rows;
    try {
      rows = LogPage.following(chain, entries, decider);
    } catch (LogPage.Contradiction e) {
      throw port.fail(String.valueOf(e.getMessage()), true);
    }
    mode = Mode.RECOVERING;
    if (rows.isEmpty()) {
      mode = Mode.ASKING;
      port.tickLater(false);
    } else {
      persist(rows);
    }
  }

  private void persist(List<Recorded> rows) {
    persisting = true;
    port.persist(rows);
  }

  // ---- commands ---------------------------------------------------------------------------

  void submit(C command, R replyTo) {
    if (commands.take(command, replyTo)) {
      proceed();
    }
  }

  private Answer<Receipt> done(long seq, boolean repeated) {
    return new Answer.Done<>(new Receipt(decider.pid(), seq, chain.index(seq), repeated));
  }

  /** Decides in order, on the logged state and what is pending. */
  private void decide() {
    for (var next = commands.first(); next != null; next = commands.first()) {
      Decision<E> decision = decider.decide(decided, next.command());
      if (decision instanceof Decision.Accepted<E> accepted) {
        if (!accept(next, accepted.events())) {
          return;
        }
      } else if (decision instanceof Decision.Refused<E> refused) {
        hold(pending.last(), next, () -> new Answer.Declined<>(refused.refusal()));
      } else if (decision instanceof Decision.Repeated<E> repeated) {
        hold(pending.holding(repeated.seq()), next, () -> done(repeated.seq(), true));
      } else if (decision instanceof Decision.Missing<E> absent) {
        commands.lacks(next, absent.content());
      }
      commands.next();
    }
  }

  /** An answer waits for the pending entries that it stands on. */
  private void hold(
      Pending.@Nullable Group<E, Held<C, R>> group,
      Commands.Waiting<C, R> command,
      Supplier<Answer<Receipt>> answer) {
    if (group == null) {
      commands.answer(command, answer.get());
    } else {
      group.held().add(new Held<>(command, answer));
    }
  }

  /** False while a key is awaited: then the command is decided again. */
  private boolean accept(Commands.Waiting<C, R> command, List<E> events) {
    Pending.Group<E, Held<C, R>> last = pending.last();
    long seq = last == null ? chain.seq() : last.last().seq();
    Hash prev = last == null ? chain.head() : last.last().hash();
    var made = decider.make(decided, seq, prev, command.command(), events, keys);
    Refusal refusal = made.refusal();
    if (refusal != null) {
      hold(last, command, () -> new Answer.Declined<>(refusal));
      return true;
    }
    S after = made.after();
    if (after == null) {
      return false;
    }
    decided = after;
    fold.made(made.entries());
    List<Held<C, R>> held = new ArrayList<>();
    held.add(new Held<>(command, () -> done(made.answerSeq(), false)));
    pending.add(new Pending.Group<>(made.entries(), held));
    return true;
  }

  void contentLoaded(Digest content, boolean found) {
    if (commands.loaded(content, found)) {
      proceed();
    }
  }

  // ---- appending --------------------------------------------------------------------------

  private void send() {
    if (!pending.isOutstanding() && !pending.isEmpty()) {
      pending.next(decider.settings().appendBytes(), decider.settings().appendEntries());
      append();
    }
  }

  private void append() {
    port.append(pending.outstanding().stream().map(Pending.Entry::item).toList());
    port.tickLater(true);
  }

  /** Time passed without an answer. */
  void tick() {
    if (persisting) {
      return;
    }
    if (mode == Mode.ACTIVE && pending.isOutstanding()) {
      append();
    } else if (mode == Mode.ASKING || mode == Mode.READING) {
      ask();
    }
  }

  void appended(LogReply.Appended reply) {
    List<Pending.Entry<E>> entries = pending.outstanding();
    if (mode != Mode.ACTIVE || persisting || entries.isEmpty() || !isOurs(reply, entries)) {
      return;
    }
    List<Recorded> rows = new ArrayList<>();
    long first = reply.index() - entries.size() + 1;
    for (Pending.Entry<E> entry : entries) {
      rows.add(new Recorded(first + rows.size(), entry.item()));
    }
    badTimes = 0;
    persist(rows);
  }

  /** By hash: another writer's entry may have the same number. */
  boolean isOurs(LogReply.Appended reply, List<Pending.Entry<E>> outstanding) {
    return outstanding.get(outstanding.size() - 1).hash().equals(reply.hash());
  }

  private void answerLogged() {
    if (!pending.isOutstanding() || pending.outstanding().get(0).seq() > chain.seq()) {
      return;
    }
    for (Pending.Group<E, Held<C, R>> group : pending.removeOutstanding()) {
      fold.forget(group.entries());
      group.held().forEach(held -> commands.answer(held.command(), held.answer().get()));
    }
    port.drive(fold.state());
  }

  void notHead(LogReply.NotHead reply) {
    if (!awaits(reply.hash())) {
      return;
    }
    port.writerConflict();
    dropPending("another writer is busy");
    ask();
  }

  /**
   * At once only the first time, for an append that has waited too long: where clocks differ the
   * next one is refused too, and nothing shall spin.
   */
  void badTime(LogReply.BadTime reply) {
    if (!awaits(reply.hash())) {
      return;
    }
    port.badTime(reply);
    dropPending("the log does not take this node's time");
    ask(badTimes++ == 0);
  }

  private boolean awaits(Hash refused) {
    return mode == Mode.ACTIVE
        && !persisting
        && pending.isOutstanding()
        && outstandingHash().equals(refused);
  }

  /** Its commands wait to be decided again, but not for ever. */
  private void dropPending(String busy) {
    List<Commands.Waiting<C, R>> dropped = new ArrayList<>();
    for (Pending.Group<E, Held<C, R>> group : pending.removeAll()) {
      group.held().forEach(held -> dropped.add(held.command()));
    }
    fold.forgetAll();
    commands.again(dropped, busy);
  }

  /** As {@link KeyRing#loaded}. */
  void keyLoaded(String subject, byte @Nullable [] key) {
    keys.loaded(subject, key);
    proceed();
  }
}
