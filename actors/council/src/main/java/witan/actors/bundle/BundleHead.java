package witan.actors.bundle;

import witan.domain.common.LogIndex;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.SignedNote;

/**
 * The checkpoint that a bundle's proofs lead to.
 *
 * @param note as signed
 * @param size of its tree
 * @param end the place after its last entry
 */
record BundleHead(String note, long size, long end) {
  static BundleHead of(String note, int generation) {
    long size = Checkpoint.parse(SignedNote.parse(note).text()).size();
    return new BundleHead(note, size, LogIndex.of(generation, size));
  }
}
