package witan.codec.bundle;

import java.util.List;
import witan.codec.event.Disclosure;
import witan.domain.common.Digest;

/**
 * One entry with its proof and its fields.
 *
 * @param index place in the log ({@link witan.domain.common.LogIndex})
 * @param entry the entry's JSON text, as hashed
 * @param proof inclusion proof to the checkpoint's size, or to that of the closed tree
 */
public record BundleEntry(long index, String entry, List<Digest> proof, Disclosure disclosure) {
  public BundleEntry {
    proof = List.copyOf(proof);
  }
}
