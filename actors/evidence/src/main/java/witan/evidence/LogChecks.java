package witan.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import witan.codec.bundle.Bundle;
import witan.codec.bundle.BundleEntry;
import witan.codec.entry.Entry;
import witan.log.checkpoint.BundleSeal;
import witan.log.checkpoint.Checkpoint;
import witan.log.proof.Proofs;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** That the bundle's entries are in the log that is trusted. */
final class LogChecks {
  private LogChecks() {}

  /** Signed by the log. */
  static Found<Checkpoint> checkpoint(String note, Trust trust) {
    Checkpoint checkpoint = trust.checkpoint(note);
    return new Found<>(
        checkpoint,
        "signed by "
            + checkpoint.origin()
            + ": "
            + checkpoint.size()
            + " entries, root "
            + checkpoint.root());
  }

  static String seal(Bundle bundle, Trust trust) {
    BundleSeal seal = trust.seal(bundle.seal());
    CheckFailed.unless(
        seal.digest().equals(Hashing.sha256(bundle.content())),
        "the log sealed other bytes than these: the bundle was changed after the export");
    return "the log exported exactly these bytes, SHA-256 " + seal.digest();
  }

  /** And that their times may follow one another in its order. */
  static String inclusion(Bundle bundle, Checkpoint checkpoint) {
    List<BundleEntry> lines = new ArrayList<>(bundle.registry());
    lines.addAll(bundle.caseEntries());
    bundle.decisions().forEach(lines::addAll);
    lines.addAll(bundle.grants());
    lines.forEach(line -> included(line, checkpoint));
    EntryChecks.times(
        lines.stream()
            .sorted(Comparator.comparingLong(BundleEntry::index))
            .map(line -> Entry.parse(line.entry().getBytes(StandardCharsets.UTF_8)))
            .toList());
    return lines.size() + " entries are in the checkpoint's tree";
  }

  private static void included(BundleEntry line, Checkpoint checkpoint) {
    Hash leaf = Hashing.leaf(line.entry().getBytes(StandardCharsets.UTF_8));
    List<Hash> proof = line.proof().stream().map(d -> Hash.of(d.bytes())).toList();
    CheckFailed.unless(
        Proofs.verifyInclusion(line.index(), checkpoint.size(), leaf, proof, checkpoint.root()),
        "entry " + line.index() + " is not in the checkpoint's tree");
  }
}
