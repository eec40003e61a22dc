package witan.actors.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.actors.log.DurableFile;
import witan.actors.log.MemoryException;
import witan.actors.log.StoredCheckpoint;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteException;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.SignedNote;

/**
 * The greatest checkpoint of the log that this node knows, as it was signed, in a file of its own.
 * It only grows. Whoever dies while it is written leaves the old one or the new one, whole. Blocks
 * while it writes; thread-safe, one of a file.
 */
final class MemoryFile {
  private final DurableFile file;
  private @Nullable String note;
  private @Nullable Checkpoint known;

  private MemoryFile(DurableFile file) {
    this.file = file;
  }

  /**
   * Reads it; there may be none yet.
   *
   * @param key whose signature it must have: damage is never taken for memory
   * @throws DamagedMemoryException where it is damaged or another log's
   */
  static MemoryFile open(Path path, NoteKey key) {
    return open(new DurableFile(path), key);
  }

  static MemoryFile open(DurableFile durable, NoteKey key) {
    MemoryFile file = new MemoryFile(durable);
    try {
      Optional<byte[]> bytes = durable.read();
      if (bytes.isPresent()) {
        file.note = new String(bytes.get(), StandardCharsets.UTF_8);
        file.known = SignedNote.open(file.note, List.of(key));
      }
      return file;
    } catch (NoteException e) {
      throw new DamagedMemoryException(
          durable.path()
              + " is no checkpoint that the log's key "
              + key.vkey()
              + " signed ("
              + e.getMessage()
              + "). It is what this node remembers of the log outside the database: put back its"
              + " newest copy. Only who knows that the database was not put back may move it away",
          e);
    } catch (IOException e) {
      throw new DamagedMemoryException(
          "what this node remembers of the log, " + durable.path() + ", cannot be read: " + e, e);
    }
  }

  /** The signed note. */
  synchronized Optional<String> note() {
    return Optional.ofNullable(note);
  }

  synchronized Optional<Checkpoint> known() {
    return Optional.ofNullable(known);
  }

  /**
   * Returns when it is on the disk. Of the empty log there is nothing to remember.
   *
   * @param checkpoint with the log's signature, which is not checked again
   * @throws MemoryException where the file knows a greater one, or another root of the same size
   * @throws IOException where it could not be written; what was known stays known
   */
  synchronized void remember(StoredCheckpoint checkpoint) throws IOException {
    Checkpoint next = Checkpoint.parse(SignedNote.parse(checkpoint.note()).text());
    if (known != null && next.size() < known.size()) {
      throw MemoryException.outgrown(
          "the log went on to " + known.size() + " without the sequencer at " + next.size());
    }
    if (known != null && next.size() == known.size()) {
      if (!next.root().equals(known.root())) {
        throw MemoryException.contradiction(
            "log_forked: this node's file remembers size "
                + known.size()
                + " with root "
                + known.root().hex()
                + ", and root "
                + next.root().hex()
                + " was committed for it");
      }
      return;
    }
    if (next.size() > 0) {
      file.write(checkpoint.note().getBytes(StandardCharsets.UTF_8));
      note = checkpoint.note();
      known = next;
    }
  }
}
