package witan.actors.entity;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import witan.actors.log.EntryFormat;
import witan.actors.log.LogItem;
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

  private record Waiting<C, R>(C command, R replyTo, int attempts) {
    Waiting<C, R> again() {
      return new Waiting<>(command, replyTo, attempts + 1);
    }
  }

  /** A command and its answer, once the entries are logged that the answer stands on. */
  private record Held<C, R>(Waiting<C, R> command, Supplier<Answer<Receipt>> answer) {}

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Decider<S, C, E> decider;
  private final EntityPort<S, R> port;
  private final Chain chain = new Chain();
  private final Deque<Recorded> unfolded = new ArrayDeque<>();
  private final Pending<E, Held<C, R>> pending = new Pending<>();
  private final Deque<Waiting<C, R>> waiting = new ArrayDeque<>();
  private final Map<Digest, List<Waiting<C, R>>> missing = new HashMap<>();
  private final KeyRing keys;
  private final Map<Hash, E> own = new HashMap<>();

  private Mode mode = Mode.RECOVERING;
  private boolean replayed;
  private boolean persisting;
  private S logged;
  private S decided;
  private int headsBehind;
  private int badTimes;
  private int unanswered;

  EntityCore(Decider<S, C, E> decider, EntityPort<S, R> port) {
    this.decider = decider;
    this.port = port;
    this.keys = new KeyRing(port);
    this.logged = decider.aggregate().empty();
    this.decided = logged;
  }

  S logged() {
    return logged;
  }

  long seq() {
    return chain.seq();
  }

  @Override
  public String toString() {
    return mode + " at " + chain.seq() + ", " + unanswered + " unanswered";
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
    return mode == Mode.ACTIVE && !persisting && unanswered == 0 && pending.isEmpty();
  }

  /** Nothing follows, or nothing has begun. */
  boolean dormant() {
    return idle() && (chain.seq() == 0 || decider.aggregate().sealed(logged));
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
      unfolded.add(row);
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

  /** Folds what is logged; false while a key is awaited. */
  private boolean fold() {
    while (!unfolded.isEmpty()) {
      Recorded next = unfolded.element();
      E event = own.get(Hashing.leaf(next.item().entry()));
      if (event == null) {
        byte[] key = keys.key(decider.format().subject(next.item().entry()), false);
        if (key == null) {
          return false;
        }
        event = decider.format().decode(next.item(), key);
      }
      logged = decider.aggregate().apply(logged, event);
      unfolded.remove();
    }
    return true;
  }

  private void proceed() {
    if (!replayed || persisting || !fold()) {
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
    decided = logged;
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
      decided = logged;
      port.drive(logged);
      proceed();
    }
  }

  /** Entries after ours, as asked for by {@link EntityPort#readLog}; empty if it failed. */
  void logRead(List<StoredEntry> entries) {
    if (mode != Mode.READING || persisting) {
      return;
    }
    List<Recorded> rows = new ArrayList<>();
    long seq = chain.seq();
    Hash head = chain.head();
    int bytes = 0;
    for (StoredEntry stored : entries) {
      LogItem item = new LogItem(stored.entry(), stored.sealedBody());
      EntryFormat.Header header = decider.format().header(item.entry());
      if (header.seq() <= chain.seq()) {
        continue;
      }
      bytes += item.size();
      if (rows.size() == decider.settings().appendEntries()
          || (bytes > decider.settings().appendBytes() && !rows.isEmpty())) {
        break;
      }
      if (!header.pid().equals(decider.pid())
          || header.seq() != ++seq
          || !header.prev().equals(head)) {
        throw port.fail("entry " + header.seq() + " of the log contradicts the chain", true);
      }
      head = Hashing.leaf(item.entry());
      rows.add(new Recorded(stored.index(), item));
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
    if (unanswered >= decider.settings().pendingCommands()) {
      port.reply(replyTo, new Answer.Busy<>("too many commands wait", RETRY_AFTER));
      return;
    }
    unanswered++;
    waiting.add(new Waiting<>(command, replyTo, 0));
    proceed();
  }

  private void answer(Waiting<C, R> to, Answer<Receipt> answer) {
    unanswered--;
    port.reply(to.replyTo(), answer);
  }

  private Answer<Receipt> done(long seq, boolean repeated) {
    return new Answer.Done<>(new Receipt(decider.pid(), seq, chain.index(seq), repeated));
  }

  /** Decides in order, on the logged state and what is pending. */
  private void decide() {
    while (!waiting.isEmpty()) {
      Waiting<C, R> next = waiting.element();
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
        fetch(next, absent.content());
      }
      waiting.remove();
    }
  }

  /** An answer waits for the pending entries that it stands on. */
  private void hold(
      Pending.@Nullable Group<E, Held<C, R>> group,
      Waiting<C, R> command,
      Supplier<Answer<Receipt>> answer) {
    if (group == null) {
      answer(command, answer.get());
    } else {
      group.held().add(new Held<>(command, answer));
    }
  }

  /** False while a key is awaited: then the command is decided again. */
  private boolean accept(Waiting<C, R> command, List<E> events) {
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
    made.entries().forEach(e -> own.put(e.hash(), e.event()));
    List<Held<C, R>> held = new ArrayList<>();
    held.add(new Held<>(command, () -> done(made.answerSeq(), false)));
    pending.add(new Pending.Group<>(made.entries(), held));
    return true;
  }

  private void fetch(Waiting<C, R> command, Digest content) {
    if (command.attempts() >= decider.settings().redecisions()) {
      answer(command, new Answer.Busy<>("content " + content + " is not at hand", RETRY_AFTER));
      return;
    }
    List<Waiting<C, R>> others = missing.get(content);
    if (others == null) {
      others = new ArrayList<>();
      missing.put(content, others);
      port.loadContent(content);
    }
    others.add(command.again());
  }

  void contentLoaded(Digest content, boolean found) {
    List<Waiting<C, R>> commands = missing.remove(content);
    if (commands == null) {
      return;
    }
    if (found) {
      waiting.addAll(commands);
    } else {
      commands.forEach(
          c -> answer(c, new Answer.Busy<>("content " + content + " is missing", RETRY_AFTER)));
    }
    proceed();
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
      group.entries().forEach(e -> own.remove(e.hash()));
      group.held().forEach(held -> answer(held.command(), held.answer().get()));
    }
    port.drive(logged);
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
    List<Waiting<C, R>> retried = new ArrayList<>();
    for (Pending.Group<E, Held<C, R>> group : pending.removeAll()) {
      for (Held<C, R> held : group.held()) {
        if (held.command().attempts() < decider.settings().redecisions()) {
          retried.add(held.command().again());
        } else {
          answer(held.command(), new Answer.Busy<>(busy, RETRY_AFTER));
        }
      }
    }
    own.clear();
    retried.addAll(waiting);
    waiting.clear();
    waiting.addAll(retried);
  }

  /** As {@link KeyRing#loaded}. */
  void keyLoaded(String subject, byte @Nullable [] key) {
    keys.loaded(subject, key);
    proceed();
  }
}
