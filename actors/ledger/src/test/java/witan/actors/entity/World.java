package witan.actors.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import witan.actors.log.Batch;
import witan.actors.log.IndexRow;
import witan.actors.log.LogItem;
import witan.actors.log.LogReply;
import witan.actors.log.SimSequencer;
import witan.actors.log.SimStore;
import witan.actors.log.SimStore.Outcome;
import witan.actors.log.StoredCheckpoint;
import witan.actors.spi.StoredEntry;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.log.checkpoint.NoteSigner;

/**
 * Sequencers, entities, clients, a network, a journal and a database in one thread: nothing happens
 * but the steps that a test chooses. After each step the invariants are checked.
 */
final class World implements SimEntity.Net {
  static final NoteSigner SIGNER =
      NoteSigner.generate("witan.example/log", new java.security.SecureRandom());

  /** Something that may happen next. */
  record Step(
      String label,
      Runnable done,
      @Nullable Runnable failBefore,
      @Nullable Runnable failAfter,
      @Nullable Runnable late) {
    static Step of(String label, Runnable done) {
      return new Step(label, done, null, null, null);
    }
  }

  private record Message(String label, Runnable deliver) {}

  record Row(long number, long writtenAt, Recorded recorded) {}

  private record Persist(SimEntity by, List<Row> rows) {}

  /** A client's command and what it was answered. */
  static final class Client {
    final String pid;
    final String key;
    final List<Answer<Receipt>> answers = new ArrayList<>();

    Client(String pid, String key) {
      this.pid = pid;
      this.key = key;
    }

    boolean answered() {
      return answers.stream().anyMatch(a -> !(a instanceof Answer.Busy));
    }
  }

  final SimStore db = new SimStore();
  final List<SimSequencer> sequencers = new ArrayList<>();
  final List<SimEntity> entities = new ArrayList<>();
  final Map<String, Client> clients = new TreeMap<>();
  final Map<String, List<Row>> journal = new TreeMap<>();
  final List<Persist> lateRows = new ArrayList<>();
  final SimSequencer.Variant sequencerVariant;
  final SimEntity.Variant entityVariant;
  long now = 1_000_000;
  int conflicts;
  int badTimes;
  boolean clocksDiffer;

  /** Where something was put back. */
  boolean mayHalt;

  /** Those that carry no greatest time. */
  final Set<UUID> oldBatches = new HashSet<>();

  private final List<Message> net = new ArrayList<>();
  private final List<Persist> persists = new ArrayList<>();
  private Checker checker = new Checker(this);
  private long writes;
  private int names;

  World() {
    this(SimSequencer.Variant.CORRECT, SimEntity.Variant.CORRECT);
  }

  World(SimSequencer.Variant sequencerVariant, SimEntity.Variant entityVariant) {
    this.sequencerVariant = sequencerVariant;
    this.entityVariant = entityVariant;
  }

  // ---- who there is -----------------------------------------------------------------------

  /** On either of two nodes. */
  SimSequencer startSequencer() {
    return startSequencer("node" + (names + 1) % 2);
  }

  SimSequencer startSequencer(String node) {
    SimSequencer sequencer =
        new SimSequencer(
            ++names,
            db,
            node,
            new Words(),
            SIGNER,
            () -> Instant.ofEpochMilli(now),
            sequencerVariant);
    sequencers.add(sequencer);
    return sequencer;
  }

  SimEntity startEntity(String pid) {
    SimEntity entity =
        new SimEntity("ent" + ++names, pid, this, () -> Instant.ofEpochMilli(now), entityVariant);
    entities.add(entity);
    List<Row> visible = visible(pid);
    entity.nextRow = visible.isEmpty() ? 1 : visible.get(visible.size() - 1).number() + 1;
    entity.run(
        () -> {
          visible.forEach(row -> entity.core.replay(row.recorded()));
          entity.core.recovered();
        });
    return entity;
  }

  /**
   * As akka-persistence-cassandra shows it: of rows with one number the one with the older clock.
   */
  private List<Row> visible(String pid) {
    TreeMap<Long, Row> byNumber = new TreeMap<>();
    for (Row row : journal.getOrDefault(pid, List.of())) {
      byNumber.merge(row.number(), row, (a, b) -> a.writtenAt() <= b.writtenAt() ? a : b);
    }
    return List.copyOf(byNumber.values());
  }

  /** Follows what is published into that node's file, as each log node does by itself. */
  void follow(String node) {
    if (!db.checkpoints.isEmpty() && !ahead(node)) {
      db.remember(
          node,
          new StoredCheckpoint(db.checkpoints.lastKey(), db.checkpoints.lastEntry().getValue()));
    }
  }

  private boolean ahead(String node) {
    return db.files.containsKey(node) && db.files.get(node).size() > db.checkpoints.lastKey();
  }

  void kill(SimSequencer sequencer) {
    sequencer.dead = true;
    db.orphan(sequencer.name);
  }

  void kill(SimEntity entity) {
    entity.dead = true;
    for (Persist persist : List.copyOf(persists)) {
      if (persist.by() == entity) {
        persists.remove(persist);
        lateRows.add(persist);
      }
    }
  }

  /**
   * Takes a copy of the whole database. What is given puts it back and ends everything that runs;
   * the promises are held from then on against what is there.
   */
  Runnable copy() {
    Runnable rows = db.copy();
    Map<String, List<Row>> oldJournal = new TreeMap<>();
    journal.forEach((pid, written) -> oldJournal.put(pid, List.copyOf(written)));
    return () -> {
      sequencers.forEach(this::kill);
      entities.forEach(this::kill);
      rows.run();
      journal.clear();
      oldJournal.forEach((pid, written) -> journal.put(pid, new ArrayList<>(written)));
      persists.clear();
      lateRows.clear();
      net.clear();
      clients.clear();
      checker = new Checker(this);
    };
  }

  @Nullable SimSequencer sequencer() {
    return newest(sequencers.stream().filter(s -> !s.dead && !s.paused).toList());
  }

  @Nullable SimEntity entity(String pid) {
    return newest(
        entities.stream().filter(e -> !e.dead && !e.paused && e.pid.equals(pid)).toList());
  }

  private static <T> @Nullable T newest(List<T> all) {
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  // ---- clients ----------------------------------------------------------------------------

  Client submit(String pid, String key) {
    Client client = clients.computeIfAbsent(key, k -> new Client(pid, k));
    send(client, entity(pid));
    return client;
  }

  void send(Client client, @Nullable SimEntity to) {
    if (to != null) {
      to.tasks.add(() -> to.core.submit(client.key, client.key));
    }
  }

  @Override
  public void reply(SimEntity from, String key, Answer<Receipt> answer) {
    Client client = clients.get(key);
    checker.answered(client, answer);
    client.answers.add(answer);
  }

  // ---- messages ---------------------------------------------------------------------------

  /** Where messages to the sequencer go; a test may send them to an old one. */
  java.util.function.Supplier<@Nullable SimSequencer> route = this::sequencer;

  @Override
  public void append(SimEntity from, List<LogItem> items) {
    toSequencer(from, "append", s -> s.append(items, reply -> toEntity(from, reply)));
  }

  @Override
  public void askHead(SimEntity from) {
    toSequencer(from, "head", s -> s.head(from.pid, reply -> toEntity(from, reply)));
  }

  private void toSequencer(
      SimEntity from, String what, java.util.function.Consumer<SimSequencer> message) {
    net.add(
        new Message(
            what + ":" + from.name,
            () -> {
              SimSequencer to = route.get();
              if (to != null && !to.dead) {
                to.tasks.add(() -> message.accept(to));
              }
            }));
  }

  private void toEntity(SimEntity to, LogReply reply) {
    if (reply instanceof LogReply.BadTime refusal) {
      checker.refused(refusal);
    }
    net.add(
        new Message(
            reply.getClass().getSimpleName() + ":" + to.name,
            () -> to.tasks.add(() -> to.receive(reply))));
  }

  @Override
  public void readLog(SimEntity from, long seq) {
    net.add(
        new Message(
            "read:" + from.name,
            () -> {
              List<StoredEntry> found = read(from.pid, seq);
              from.tasks.add(() -> from.core.logRead(found));
            }));
  }

  private List<StoredEntry> read(String pid, long from) {
    List<StoredEntry> found = new ArrayList<>();
    long published = db.checkpoints.isEmpty() ? 0 : db.checkpoints.lastKey();
    for (IndexRow row : db.index.getOrDefault(pid, new TreeMap<>()).tailMap(from, true).values()) {
      if (row.index() >= published || row.seq() != from + found.size()) {
        break;
      }
      Batch batch = db.batches.get(row.batch());
      LogItem item = batch.items().get((int) (row.index() - batch.start()));
      found.add(new StoredEntry(row.index(), item.entry(), item.sealedBody()));
    }
    return found;
  }

  @Override
  public void persist(SimEntity from, List<Recorded> recorded) {
    List<Row> rows = new ArrayList<>();
    for (Recorded each : recorded) {
      rows.add(new Row(from.nextRow++, ++writes, each));
    }
    persists.add(new Persist(from, rows));
  }

  @Override
  public void alarm(String what) {
    throw new AssertionError("alarm: " + what);
  }

  // ---- steps ------------------------------------------------------------------------------

  /** Whatever may happen next; time and late writes last. */
  List<Step> enabled() {
    List<Step> steps = new ArrayList<>();
    for (Message m : net) {
      steps.add(
          new Step(
              m.label(),
              () -> {
                net.remove(m);
                m.deliver().run();
              },
              () -> net.remove(m),
              m.deliver(),
              null));
    }
    for (SimSequencer s : sequencers) {
      if (!s.dead && !s.paused) {
        if (!s.tasks.isEmpty()) {
          steps.add(Step.of("task:" + s.name, () -> s.tasks.remove().run()));
        }
        for (SimStore.Op op : db.calls) {
          if (op.owner.equals(s.name)) {
            steps.add(
                new Step(
                    op.toString(),
                    () -> db.resolve(op, Outcome.DONE),
                    () -> db.resolve(op, Outcome.FAIL_BEFORE),
                    () -> db.resolve(op, Outcome.FAIL_AFTER),
                    () -> db.resolve(op, Outcome.LATE)));
          }
        }
      }
    }
    for (SimEntity e : entities) {
      if (!e.dead && !e.paused && !e.persisting && !e.tasks.isEmpty()) {
        steps.add(Step.of("task:" + e.name, () -> e.run(e.tasks.remove())));
      }
    }
    for (Persist p : persists) {
      if (!p.by().paused) {
        steps.add(persistStep(p));
      }
    }
    return steps;
  }

  private Step persistStep(Persist p) {
    return new Step(
        "persist:" + p.by().name,
        () -> {
          persists.remove(p);
          write(p);
          SimEntity e = p.by();
          e.persisting = false;
          e.run(
              () -> {
                p.rows().forEach(row -> e.core.replay(row.recorded()));
                e.core.persisted();
              });
        },
        () -> {
          persists.remove(p);
          p.by().dead = true;
        },
        () -> {
          persists.remove(p);
          write(p);
          p.by().dead = true;
        },
        () -> {
          persists.remove(p);
          lateRows.add(p);
          p.by().dead = true;
        });
  }

  private void write(Persist p) {
    journal.computeIfAbsent(p.by().pid, pid -> new ArrayList<>()).addAll(p.rows());
    db.version++;
  }

  List<Step> lateSteps() {
    List<Step> steps = new ArrayList<>();
    for (SimStore.Op op : db.late) {
      steps.add(Step.of("late:" + op, () -> db.surface(op)));
    }
    for (Persist p : lateRows) {
      steps.add(
          Step.of(
              "late:persist:" + p.by().name,
              () -> {
                lateRows.remove(p);
                write(p);
              }));
    }
    return steps;
  }

  List<Step> timers() {
    List<Step> steps = new ArrayList<>();
    for (SimSequencer s : sequencers) {
      if (!s.dead && !s.paused) {
        for (Runnable timer : s.timers) {
          steps.add(
              Step.of(
                  "timer:" + s.name,
                  () -> {
                    s.timers.remove(timer);
                    s.tasks.add(timer);
                  }));
        }
      }
    }
    for (SimEntity e : entities) {
      if (!e.dead && !e.paused && e.tick) {
        steps.add(
            Step.of(
                "timer:" + e.name,
                () -> {
                  e.tick = false;
                  e.tasks.add(e.core::tick);
                }));
      }
    }
    return steps;
  }

  void take(Runnable step) {
    now++;
    step.run();
    for (SimSequencer s : sequencers) {
      if (s.alarm || (s.halted && !mayHalt)) {
        throw new AssertionError("alarm: " + s.name + ": " + s.reason);
      }
      if (s.dead) {
        db.orphan(s.name);
      }
    }
    conflicts = entities.stream().mapToInt(e -> e.conflicts).sum();
    badTimes = entities.stream().mapToInt(e -> e.badTimes).sum();
    checker.check();
  }

  /** Lets everything happen in order, without faults, until a step of that name comes up. */
  Step until(String label) {
    for (int i = 0; i < 20_000; i++) {
      List<Step> steps = enabled();
      for (Step step : steps) {
        if (step.label().equals(label)) {
          return step;
        }
      }
      if (!steps.isEmpty()) {
        take(steps.get(0).done());
      } else {
        List<Step> timers = timers();
        if (timers.isEmpty()) {
          throw new AssertionError("nothing happens, and no " + label);
        }
        timers.forEach(t -> take(t.done()));
      }
    }
    throw new AssertionError("no " + label);
  }

  /** Until every client has its answer and nothing but time is left. */
  void settle() {
    for (int round = 0; round < 400; round++) {
      int limit = 50_000;
      for (List<Step> steps = enabled(); !steps.isEmpty(); steps = enabled()) {
        if (limit-- == 0) {
          throw new AssertionError("no end: " + steps.get(0).label());
        }
        take(steps.get(0).done());
      }
      if (sequencer() == null) {
        startSequencer();
      }
      List<Client> open = clients.values().stream().filter(c -> !c.answered()).toList();
      boolean busy = entities.stream().anyMatch(e -> !e.dead && !e.paused && !e.core.idle());
      if (open.isEmpty() && !busy && enabled().isEmpty() && sequencersIdle()) {
        return;
      }
      for (Client client : open) {
        if (entity(client.pid) == null) {
          startEntity(client.pid);
        }
        send(client, entity(client.pid));
      }
      timers().forEach(t -> take(t.done()));
    }
    throw new AssertionError("not settled: " + describe());
  }

  private boolean sequencersIdle() {
    return sequencers.stream().allMatch(s -> s.dead || s.paused || s.timers.isEmpty());
  }

  /**
   * Mends the clocks, wakes all, lets late writes surface, then starts anew from what is durable,
   * and asks each client's question again.
   */
  void finish() {
    mendClocks();
    sequencers.forEach(s -> s.paused = false);
    entities.forEach(e -> e.paused = false);
    route = this::sequencer;
    settle();
    for (List<Step> late = lateSteps(); !late.isEmpty(); late = lateSteps()) {
      take(late.get(0).done());
    }
    settle();
    List.copyOf(sequencers).forEach(this::kill);
    List.copyOf(entities).forEach(this::kill);
    startSequencer();
    for (Client client : clients.values()) {
      if (entity(client.pid) == null) {
        startEntity(client.pid);
      }
    }
    settle();
    for (Client client : clients.values()) {
      int before = client.answers.size();
      do {
        send(client, entity(client.pid));
        settle();
      } while (client.answers.get(client.answers.size() - 1) instanceof Answer.Busy);
      if (client.answers.size() <= before) {
        throw new AssertionError("no answer for " + client.key);
      }
    }
    checker.complete();
  }

  /** And lets so much time pass that none of them has ever been ahead. */
  private void mendClocks() {
    long ahead = 0;
    for (SimSequencer s : sequencers) {
      ahead = Math.max(ahead, s.aheadMillis);
      s.aheadMillis = 0;
    }
    for (SimEntity e : entities) {
      ahead = Math.max(ahead, e.aheadMillis);
      e.aheadMillis = 0;
    }
    now = Math.max(now + ahead, checker.latestMillis());
  }

  String describe() {
    StringBuilder all = new StringBuilder();
    all.append(db.head).append(" checkpoints ").append(db.checkpoints.keySet());
    sequencers.stream()
        .filter(s -> !s.dead)
        .forEach(s -> all.append(' ').append(s.name).append(s.timers.size()));
    entities.stream()
        .filter(e -> !e.dead)
        .forEach(e -> all.append(' ').append(e.name).append(e.core));
    return all + " calls " + db.calls + " net " + net;
  }

  /** What distinguishes states, for counting them. */
  int fingerprint() {
    List<Object> parts = new ArrayList<>();
    parts.add(db.head.size());
    parts.add(db.head.term());
    parts.add(db.checkpoints.keySet().hashCode());
    parts.add(db.cursor);
    db.index.values().forEach(rows -> parts.add(rows.size()));
    journal.values().forEach(rows -> parts.add(rows.size()));
    db.calls.forEach(op -> parts.add(op.toString()));
    net.forEach(m -> parts.add(m.label()));
    entities.forEach(e -> parts.add(e.dead ? "dead" : e.paused + e.core.toString()));
    sequencers.forEach(s -> parts.add(s.dead ? "dead" : s.paused + "" + s.tasks.size()));
    clients.values().forEach(c -> parts.add(c.answers.size()));
    return parts.hashCode();
  }

  Map<UUID, Batch> batches() {
    return db.batches;
  }
}
