package witan.actors.memory;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Props;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import witan.actors.log.Counters;
import witan.actors.log.LogMemory;
import witan.actors.log.Remembered;
import witan.actors.log.StoredCheckpoint;
import witan.domain.api.LogReads;
import witan.log.checkpoint.NoteKey;

/** What one log node remembers, and whom its sequencer asks. Thread-safe. */
public final class NodeMemory implements LogMemory {
  static final String OWN = "this node's file";
  private static final String CHAIN = "the chain";

  private final MemoryFile file;
  private final NoteKey key;
  private final MemorySettings settings;
  private volatile @Nullable Executor blocking;
  private volatile @Nullable LogNodes others;
  private volatile @Nullable Supplier<Optional<Remembered>> chain;

  private NodeMemory(MemoryFile file, NoteKey key, MemorySettings settings) {
    this.file = file;
    this.key = key;
    this.settings = settings;
  }

  /**
   * Reads the node's file, which blocks.
   *
   * @throws DamagedMemoryException naming the file, where it is damaged
   */
  public static NodeMemory open(MemorySettings settings, NoteKey key) {
    return new NodeMemory(MemoryFile.open(settings.file(), key), key, settings);
  }

  /** For a process that is no node, which asks nobody else: where the file is written. */
  public void alone(Executor threads) {
    blocking = threads;
  }

  /** What this node's file knows. */
  public Optional<Remembered> known() {
    return file.known()
        .filter(known -> known.size() > 0)
        .map(known -> new Remembered(OWN, known.size(), known.root()));
  }

  /** Before the first sequencer starts: begins to answer others, and to follow the log. */
  public void start(ActorSystem<?> system, String role, LogReads reads, Counters counters) {
    Executor threads = system.dispatchers().lookup(DispatcherSelector.blocking());
    blocking = threads;
    others = new LogNodes(system, role, key, settings.patience());
    system.systemActorOf(MemoryKeeper.create(file), "log-memory", Props.empty());
    MemoryFollower follower =
        new MemoryFollower(file, key, reads, counters, settings.patience(), System::nanoTime);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            settings.look(),
            settings.look(),
            () -> threads.execute(follower::look),
            system.executionContext());
  }

  /**
   * Has the chain asked, too. Before the first sequencer starts.
   *
   * @param anchored what it holds of this log; may block, and fails where it cannot be asked
   */
  public void chain(Supplier<Optional<Remembered>> anchored) {
    chain = anchored;
  }

  @Override
  public CompletionStage<Void> remember(StoredCheckpoint checkpoint) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            file.remember(checkpoint);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        threads());
  }

  @Override
  public CompletionStage<Asked> ask() {
    LogNodes nodes = others;
    CompletionStage<Asked> told =
        nodes == null
            ? CompletableFuture.completedFuture(new Asked(List.of(), List.of()))
            : nodes.ask();
    return told.thenCombine(askChain(), NodeMemory::both).thenApply(all -> both(own(), all));
  }

  private Asked own() {
    return new Asked(known().stream().toList(), List.of());
  }

  private CompletionStage<Asked> askChain() {
    Supplier<Optional<Remembered>> anchored = chain;
    if (anchored == null) {
      return CompletableFuture.completedFuture(new Asked(List.of(), List.of()));
    }
    return CompletableFuture.supplyAsync(anchored, threads())
        .orTimeout(settings.patience().toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (found, failure) ->
                failure == null
                    ? new Asked(found.stream().toList(), List.of())
                    : new Asked(List.of(), List.of(CHAIN)));
  }

  private static Asked both(Asked one, Asked other) {
    List<Remembered> known = new ArrayList<>(one.known());
    known.addAll(other.known());
    List<String> silent = new ArrayList<>(one.silent());
    silent.addAll(other.silent());
    return new Asked(known, silent);
  }

  private Executor threads() {
    Executor threads = blocking;
    if (threads == null) {
      throw new IllegalStateException("not started");
    }
    return threads;
  }
}
