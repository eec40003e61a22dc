package witan.actors.feed;

import java.util.List;
import witan.actors.log.StoredCheckpoint;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteException;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.SignedNote;

/** What the rows of checkpoints are worth. */
final class CheckpointRows {
  private CheckpointRows() {}

  /**
   * The checkpoint that the log signed for that row.
   *
   * @throws FeedException (forged) where it did not
   */
  static Checkpoint signed(StoredCheckpoint row, List<NoteKey> keys, String origin) {
    Checkpoint signed;
    try {
      signed = SignedNote.open(row.note(), keys);
    } catch (NoteException e) {
      throw forged("checkpoint " + row.size() + ": " + e.getMessage());
    }
    if (signed.size() != row.size() || !signed.origin().equals(origin)) {
      throw forged(
          "checkpoint "
              + row.size()
              + " is of "
              + signed.size()
              + " entries of "
              + signed.origin());
    }
    return signed;
  }

  private static FeedException forged(String detail) {
    return new FeedException(FeedProblem.LOG_ROW_FORGED, detail);
  }
}
