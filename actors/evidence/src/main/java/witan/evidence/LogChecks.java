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
import witan.log.checkpoint.SignedNote;
import witan.log.tree.Hashing;

/** That the bundle's entries are in the log that is trusted. */
final class LogChecks {
  private LogChecks() {}

  /** Signed by the log. */
  static Found<Checkpoint> checkpoint(String note, Trust trust) {
    followed(Checkpoint.parse(SignedNote.parse(note).text()).origin(), trust);
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

  /** Nothing speaks against what the auditor has not decided to follow. */
  private static void followed(String origin, Trust trust) {
    if (trust.unfollowed(origin)) {
      throw new CouldNotCheck(
          "it is of "
              + origin
              + ", a later generation of the log, which the trust file does not name: learn from the"
              + " members why the log was adopted, and add its key to generations");
    }
  }

  static String seal(Bundle bundle, Trust trust) {
    SignedNote.parse(bundle.seal()).signatures().forEach(s -> followed(s.name(), trust));
    BundleSeal seal = trust.seal(bundle.seal());
    CheckFailed.unless(
        seal.digest().equals(Hashing.sha256(bundle.content())),
        "the log sealed other bytes than these: the bundle was changed after the export");
    return "the log exported exactly these bytes, SHA-256 " + seal.digest();
  }

  /** And that their times may follow one another in its order. */
  static String inclusion(Bundle bundle, Generations generations) {
    List<BundleEntry> lines = new ArrayList<>(bundle.adoptions());
    lines.addAll(bundle.registry());
    lines.addAll(bundle.caseEntries());
    bundle.decisions().forEach(lines::addAll);
    lines.addAll(bundle.grants());
    lines.forEach(generations::included);
    EntryChecks.times(
        lines.stream()
            .sorted(Comparator.comparingLong(BundleEntry::index))
            .map(line -> Entry.parse(line.entry().getBytes(StandardCharsets.UTF_8)))
            .toList());
    return lines.size()
        + (generations.last() == 0
            ? " entries are in the checkpoint's tree"
            : " entries are in the trees of the generations");
  }
}
