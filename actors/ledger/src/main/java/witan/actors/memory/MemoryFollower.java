package witan.actors.memory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.log.Counters;
import witan.actors.log.Lasting;
import witan.actors.log.MemoryException;
import witan.actors.log.Remembered;
import witan.actors.log.StoredCheckpoint;
import witan.domain.api.LogReads;
import witan.domain.common.Digest;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteException;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.SignedNote;
import witan.log.tree.Hash;

/**
 * Follows the published log into a node's file: only what is signed, and goes on from what is
 * remembered. What does not is an alarm, and the file is left as it is. Blocks.
 */
final class MemoryFollower {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryFollower.class);

  /**
   * A log may be shorter than what is remembered while a sequencer between its file and its
   * checkpoint's row has died and nobody has succeeded yet.
   */
  private static final Duration SHORTER = Duration.ofSeconds(60);

  private final MemoryFile file;
  private final NoteKey key;
  private final LogReads reads;
  private final Counters counters;
  private final Duration patience;
  private final LongSupplier nanos;
  private final AtomicBoolean looking = new AtomicBoolean();
  private String seen = "";
  private long found = -1;
  private @Nullable Lasting shorter;
  private boolean stopped;

  MemoryFollower(
      MemoryFile file,
      NoteKey key,
      LogReads reads,
      Counters counters,
      Duration patience,
      LongSupplier nanos) {
    this.file = file;
    this.key = key;
    this.reads = reads;
    this.counters = counters;
    this.patience = patience;
    this.nanos = nanos;
  }

  /** Follows to what is published now; returns at once where another look is under way. */
  void look() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    try {
      if (!stopped) {
        follow();
      }
    } catch (MemoryException e) {
      // The sequencer of this node wrote meanwhile; the next look sees it.
      LOG.debug("{}", e.getMessage());
    } catch (IOException e) {
      counters.protection.followed(false, "this node's file cannot be written: " + e);
    } catch (ExecutionException | TimeoutException e) {
      // No log yet, or no database: health tells of both.
      LOG.debug("the log was not followed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      looking.set(false);
    }
  }

  private void follow()
      throws IOException, ExecutionException, TimeoutException, InterruptedException {
    String note = await(reads.checkpoint());
    if (note.equals(seen)) {
      return;
    }
    Checkpoint known = file.known().orElse(null);
    Checkpoint published;
    try {
      published = SignedNote.open(note, List.of(key));
    } catch (NoteException e) {
      alarm("log_row_forged: the published checkpoint is not signed: " + e.getMessage());
      return;
    }
    if (known == null) {
      first(note, published);
    } else {
      Optional<String> why =
          new Remembered(NodeMemory.OWN, known.size(), known.root())
              .contradicts(published.size(), published.root(), proof(known, published));
      if (why.isPresent()) {
        if (published.size() >= known.size() || staysShorter()) {
          alarm(why.get());
        }
        return;
      }
      file.remember(new StoredCheckpoint(published.size(), note));
    }
    shorter = null;
    seen = note;
    file.known().ifPresent(now -> told("this node's file remembers size " + now.size()));
  }

  /**
   * What was found at the start is no memory: it comes from the database that it would speak for.
   * What is signed later was signed by a sequencer that had asked.
   */
  private void first(String note, Checkpoint published) throws IOException {
    if (found < 0) {
      found = published.size();
    }
    if (published.size() > found) {
      file.remember(new StoredCheckpoint(published.size(), note));
    } else {
      told("this node's file remembers nothing yet");
    }
  }

  private void told(String detail) {
    counters.protection.followed(true, detail);
  }

  private boolean staysShorter() {
    long now = nanos.getAsLong();
    if (shorter == null) {
      shorter = new Lasting(now);
    }
    return shorter.still(now) > SHORTER.toNanos();
  }

  private List<Hash> proof(Checkpoint known, Checkpoint published)
      throws ExecutionException, TimeoutException, InterruptedException {
    if (published.size() <= known.size()) {
      return List.of();
    }
    Optional<List<Digest>> proof = await(reads.consistency(known.size(), published.size()));
    return proof.orElseThrow(() -> new TimeoutException("no proof yet")).stream()
        .map(digest -> Hash.ofHex(digest.hex()))
        .toList();
  }

  private void alarm(String why) {
    stopped = true;
    counters.alarms.increment();
    counters.protection.halted(why);
    LOG.error("ALARM, this node follows the log no further: {}", why);
  }

  private <T> T await(CompletionStage<T> stage)
      throws ExecutionException, TimeoutException, InterruptedException {
    return stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
