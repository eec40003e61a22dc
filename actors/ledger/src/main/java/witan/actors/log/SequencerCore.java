package witan.actors.log;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import witan.actors.log.SequencerQueue.Queued;
import witan.domain.common.LogIndex;
import witan.domain.common.LoggedTimes;
import witan.log.checkpoint.NoteSigner;
import witan.log.tree.Hash;

/**
 * The sequencer's protocol without an actor: everything runs on its host's one thread. It may die
 * between any two steps, and it may sleep and wake beside its successor: the head row decides.
 */
class SequencerCore {
  /** A batch on its way to the commit. */
  record Commit(Batch batch, List<Queued> appends, TreeEdge.Grown grown, LogHead head) {}

  /**
   * A request.
   *
   * @param append null where the head is asked for
   * @param lookedUp whether the head was looked up for it
   */
  private record Parked(
      String pid, @Nullable Queued append, Consumer<LogReply> replyTo, boolean lookedUp) {
    Parked withLookUp() {
      return new Parked(pid, append, replyTo, true);
    }
  }

  private final LogGenerations log;
  private final LogStore store;
  private final LogMemory memory;
  private final EntryFormat format;
  private final SequencerSettings settings;
  private final SequencerHost host;
  private final StoreCalls calls;
  private final Derivation derivation;
  private final SequencerQueue queue;
  private final Deque<Parked> parked = new ArrayDeque<>();
  private final TermCheck term;
  private final Set<String> lookingUp = new HashSet<>();
  private final Heads heads;

  private LogHead head = LogHead.EMPTY;
  private TreeEdge edge = TreeEdge.EMPTY;
  private @Nullable Instant latest;
  private @Nullable Instant latestQueued;

  /** The greatest of what is logged or queued. */
  private int version;

  private boolean accepting;
  private boolean committing;
  private boolean lingering;
  private boolean movingCursor;

  SequencerCore(
      LogGenerations log,
      LogMemory memory,
      EntryFormat format,
      NoteSigner signer,
      SequencerSettings settings,
      SequencerHost host) {
    this.log = log;
    this.store = log.current();
    this.memory = memory;
    this.format = format;
    this.settings = settings;
    this.host = host;
    this.calls = new StoreCalls(settings, host);
    this.derivation = new Derivation(log, calls, signer);
    this.queue = new SequencerQueue(settings);
    this.term = new TermCheck(store, calls, settings);
    this.heads = new Heads(settings.cachedHeads());
  }

  /** Takes over; requests wait until it is done. */
  void start() {
    new Succession(log, memory, calls, derivation, format, settings, host).start(this::accept);
  }

  private void accept(Succession.Found found) {
    head = found.head();
    edge = found.tree();
    latest = found.latest();
    latestQueued = latest;
    version = found.version();
    accepting = true;
    moveCursor();
    resume();
  }

  // ---- accepting --------------------------------------------------------------------------

  /** Nothing is answered to what is no chain of one pid: no entity sends that. */
  void append(List<LogItem> items, Consumer<LogReply> replyTo) {
    Queued append = Queued.of(LogEntry.all(items, format), replyTo);
    evaluate(new Parked(append.last().pid(), append, replyTo, false));
  }

  void head(String pid, Consumer<LogReply> replyTo) {
    evaluate(new Parked(pid, null, replyTo, false));
  }

  private void evaluate(Parked request) {
    if (calls.stopped()) {
      return;
    }
    String pid = request.pid();
    Queued append = request.append();
    if (!accepting) {
      park(request);
      return;
    }
    Queued tail = queue.tail(pid);
    Heads.Known known = heads.of(pid);
    if (tail != null) {
      if (append == null) {
        park(request);
      } else if (follows(append, tail.last().seq(), tail.last().hash())) {
        offer(request, append);
      } else if (!queue.contains(append)) {
        park(request);
      }
    } else if (known == null || mayHaveBeenHidden(request, known)) {
      lookUp(request);
    } else if (append == null) {
      LogReply answer = new LogReply.HeadIs(pid, known.seq(), known.hash());
      term.confirm(head.term(), () -> request.replyTo().accept(answer));
    } else if (follows(append, known.seq(), known.hash())) {
      offer(request, append);
    } else {
      answerAgain(append);
    }
  }

  /** Whoever asks for the head may know more than the rows did when they were read. */
  private static boolean mayHaveBeenHidden(Parked request, Heads.Known known) {
    return request.append() == null && !known.own() && !request.lookedUp();
  }

  boolean follows(Queued append, long seq, Hash hash) {
    return append.entries().get(0).follows(seq, hash);
  }

  private void park(Parked request) {
    if (parked.size() < settings.parked()) {
      parked.add(request);
    }
  }

  /**
   * It follows the head, so it is not logged: only version and times can be wrong. A refusal that
   * depends on what is queued waits, as every answer does.
   */
  private void offer(Parked request, Queued append) {
    if (LogEntry.older(append.entries(), version)) {
      // No entity of this release sends it. Dropped, as any message may be: no answer is due.
      host.oldVersion(request.pid());
      return;
    }
    Instant clock = host.now();
    if (inTime(append, clock, latestQueued)) {
      enqueue(append);
    } else if (queue.tail(request.pid()) != null || inTime(append, clock, latest)) {
      park(request);
    } else {
      LogReply answer =
          new LogReply.BadTime(
              request.pid(),
              append.last().hash(),
              LoggedTimes.window(clock, settings.maxClockDifference(), latest));
      term.confirm(head.term(), () -> refuse(append, answer));
    }
  }

  /** Sent again, it may have been accepted while the head was read. */
  private void refuse(Queued append, LogReply answer) {
    Heads.Known known = heads.of(answer.pid());
    if (queue.tail(answer.pid()) == null
        && (known == null || follows(append, known.seq(), known.hash()))) {
      append.replyTo().accept(answer);
    }
  }

  boolean inTime(Queued append, Instant clock, @Nullable Instant before) {
    Instant greatest = before;
    for (LogEntry entry : append.entries()) {
      if (!LoggedTimes.window(clock, settings.maxClockDifference(), greatest).holds(entry.at())) {
        return false;
      }
      greatest = LoggedTimes.later(greatest, entry.at());
    }
    return true;
  }

  private void enqueue(Queued append) {
    if (queue.offer(append)) {
      latestQueued = LogEntry.latest(latestQueued, append.entries());
      version = LogEntry.newest(version, append.entries());
      linger();
    }
  }

  private void lookUp(Parked request) {
    park(request.withLookUp());
    String pid = request.pid();
    if (!lookingUp.add(pid)) {
      return;
    }
    calls.call(
        "look up head",
        () -> log.lastOf(pid),
        found -> {
          lookingUp.remove(pid);
          heads.lookedUp(pid, found);
          resume(pid);
        });
  }

  /** Already logged, and then whole and in one piece, or not to be logged at all. */
  private void answerAgain(Queued append) {
    LogEntry first = append.entries().get(0);
    LogEntry last = append.last();
    int count = append.entries().size();
    calls.call(
        "look up entries",
        () -> log.indexOf(first.pid(), first.seq(), count),
        rows -> {
          boolean logged =
              rows.size() == count
                  && rows.get(count - 1).hash().equals(last.hash())
                  && rows.get(count - 1).index() - rows.get(0).index() == count - 1;
          if (logged) {
            append.replyTo().accept(appended(last, rows.get(count - 1).index()));
          } else {
            LogReply answer = new LogReply.NotHead(last.pid(), last.hash());
            term.confirm(head.term(), () -> append.replyTo().accept(answer));
          }
        });
  }

  private static LogReply appended(LogEntry last, long index) {
    return new LogReply.Appended(last.pid(), last.seq(), last.hash(), index);
  }

  private void resume() {
    List<Parked> requests = new ArrayList<>(parked);
    parked.clear();
    requests.forEach(this::evaluate);
  }

  private void resume(String pid) {
    List<Parked> requests = parked.stream().filter(r -> r.pid().equals(pid)).toList();
    parked.removeAll(requests);
    requests.forEach(this::evaluate);
  }

  // ---- committing -------------------------------------------------------------------------

  private void linger() {
    if (committing) {
      return;
    }
    if (queue.fillsBatch() || settings.linger().isZero()) {
      flush();
    } else if (!lingering) {
      lingering = true;
      host.after(
          settings.linger(),
          () -> {
            lingering = false;
            flush();
          });
    }
  }

  private void flush() {
    if (calls.stopped() || committing || queue.isEmpty()) {
      return;
    }
    committing = true;
    List<Queued> appends = queue.take();
    List<LogEntry> entries = appends.stream().flatMap(a -> a.entries().stream()).toList();
    List<LogItem> items = entries.stream().map(LogEntry::item).toList();
    Instant greatest = LogEntry.latest(latest, entries);
    Batch batch =
        new Batch(host.batchId(), head.batch(), head.size(), head.term(), greatest, items);
    TreeEdge.Grown grown = edge.append(entries.stream().map(LogEntry::hash).toList());
    LogHead next = new LogHead(batch.end(), grown.root(), batch.id(), head.term());
    Commit commit = new Commit(batch, appends, grown, next);
    calls.call("write batch", () -> store.putBatch(batch), done -> written(commit));
  }

  void written(Commit commit) {
    commit(commit, 1);
  }

  /** Whatever the reply, the head row says what happened. */
  private void commit(Commit commit, int attempt) {
    calls.on(
        () -> store.commit(head, commit.head()),
        (applied, failure) ->
            calls.call("read head", store::head, now -> judge(commit, now, attempt)));
  }

  private void judge(Commit commit, LogHead now, int attempt) {
    if (commit.batch().id().equals(now.batch())) {
      committed(commit);
    } else if (now.term() != head.term()
        || now.size() != head.size()
        || !Objects.equals(now.batch(), head.batch())) {
      calls.stop("term " + head.term() + " was succeeded by " + now.term(), false);
    } else if (attempt < settings.attempts()) {
      host.after(settings.retryDelay(), () -> commit(commit, attempt + 1));
    } else {
      calls.stop("the head row could not be moved in " + attempt + " attempts", false);
    }
  }

  /**
   * The head row has it, so it may be signed. A death before the file is written leaves a
   * checkpoint that nobody has seen; one after it, a file that knows what the successor publishes.
   */
  private void committed(Commit commit) {
    if (calls.stopped()) {
      return;
    }
    head = commit.head();
    latest = commit.batch().latest();
    edge = commit.grown().edge();
    List<LogEntry> entries = commit.appends().stream().flatMap(a -> a.entries().stream()).toList();
    StoredCheckpoint checkpoint = derivation.signed(head);
    derivation.leavesAndTiles(
        commit.batch(),
        entries,
        commit.grown(),
        () -> memory.remember(checkpoint),
        () ->
            derivation.publish(
                checkpoint, () -> derivation.index(commit.batch(), entries, () -> answer(commit))));
  }

  void answer(Commit commit) {
    long index = LogIndex.of(log.last(), commit.batch().start()) - 1;
    for (Queued append : commit.appends()) {
      LogEntry last = append.last();
      index += append.entries().size();
      queue.answered(append);
      heads.committed(last);
      append.replyTo().accept(appended(last, index));
    }
    committing = false;
    host.committed(commit.batch().items().size());
    moveCursor();
    resume();
    flush();
  }

  /** Nobody waits for it: a cursor that lags costs the successor time. */
  private void moveCursor() {
    long size = head.size();
    if (!movingCursor && size > 0) {
      movingCursor = true;
      calls.on(() -> store.moveCursor(size), (done, failure) -> movingCursor = false);
    }
  }
}
