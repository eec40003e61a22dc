package witan.load.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import witan.load.crypto.Hashes;
import witan.load.crypto.Jcs;
import witan.load.crypto.Merkle;
import witan.load.crypto.Note;
import witan.load.drive.Observation;

/** The log by itself: root, chains, and what was published of it during the run. */
final class LogChecks {
  private static final String NO_PREV = "0".repeat(64);

  /** Versions of an entry's format that there have been; they never go back in a log. */
  private static final int FIRST_VERSION = 1;

  private static final int NEWEST_VERSION = 4;

  private LogChecks() {}

  /** The root of the entries is the signed one. */
  static Verdict root(World world, Merkle tree) {
    Verdict.Builder verdict = new Verdict.Builder("root");
    Note note = Note.parse(world.checkpoint());
    verdict.require(note.signedBy(world.logKey()), "the checkpoint is not signed by the log's key");
    verdict.require(
        note.size() == world.entries().size(),
        "the checkpoint speaks of " + note.size() + " entries, there are " + tree.size());
    if (note.size() <= tree.size()) {
      String root = Hashes.hex(tree.root((int) note.size()));
      verdict.require(
          root.equals(note.root()), "the root is " + root + ", signed is " + note.root());
    }
    return verdict.done(note.size() + " entries, " + note.root().substring(0, 16));
  }

  /**
   * Each pid counts from 1 without a gap, each entry carries the hash of the one before, and no
   * version follows a newer one.
   */
  static Verdict chains(World world) {
    Verdict.Builder verdict = new Verdict.Builder("chains");
    Map<String, Entry> heads = new LinkedHashMap<>();
    Set<String> sealed = new HashSet<>();
    long index = 0;
    int version = FIRST_VERSION;
    for (Entry entry : world.entries()) {
      verdict.require(
          entry.version() >= version && entry.version() <= NEWEST_VERSION,
          entry + " is of version " + entry.version() + " after one of version " + version);
      version = Math.max(version, entry.version());
      Entry before = heads.put(entry.pid(), entry);
      long expected = before == null ? 1 : before.seq() + 1;
      verdict.require(entry.index() == index++, entry + " is not at its place");
      verdict.require(
          java.util.Arrays.equals(Jcs.bytes(entry.json()), entry.bytes()),
          entry + " is not canonical");
      verdict.require(
          entry.seq() == expected, entry + " follows number " + (expected - 1) + " of its pid");
      verdict.require(
          entry.prev().equals(before == null ? NO_PREV : before.hash()),
          entry + " does not carry the hash of the entry before it");
      verdict.require(!sealed.contains(entry.pid()), entry + " follows the seal");
      if (entry.type().equals("CaseSealed")) {
        sealed.add(entry.pid());
        verdict.require(
            entry.value().isMissingNode() || entry.value().path("lastSeq").asLong() == entry.seq(),
            entry + " names another last number");
      }
    }
    return verdict.done(heads.size() + " chains, " + sealed.size() + " sealed");
  }

  /** Everything published during the run is a beginning of this log, and no node went back. */
  static Verdict checkpoints(World world, Merkle tree) {
    Verdict.Builder verdict = new Verdict.Builder("checkpoints");
    Map<Long, String> roots = new HashMap<>();
    Map<String, Long> published = new HashMap<>();
    for (Observation seen : world.seen()) {
      if (seen instanceof Observation.SeenCheckpoint s) {
        Note note = take(verdict, world, tree, s.note(), roots, s.base());
        Long before = published.put(s.base(), note.size());
        verdict.require(
            before == null || before <= note.size(),
            s.base() + " served size " + note.size() + " after " + before);
      } else if (seen instanceof Observation.VoteAck a) {
        Note note = take(verdict, world, tree, a.checkpoint(), roots, "a receipt");
        verdict.require(
            note.size() > a.index(),
            "the receipt of #" + a.index() + " comes with a checkpoint of size " + note.size());
      } else if (seen instanceof Observation.AlertAck a) {
        Note note = take(verdict, world, tree, a.checkpoint(), roots, "a receipt");
        verdict.require(
            note.size() > a.index(),
            "the receipt of #" + a.index() + " comes with a checkpoint of size " + note.size());
      }
    }
    for (World.Proof proof : world.proofs()) {
      verdict.require(
          proof.to() <= tree.size()
              && Merkle.consistent(
                  proof.from(),
                  tree.root((int) proof.from()),
                  proof.to(),
                  tree.root((int) proof.to()),
                  proof.hashes()),
          "the served consistency proof from " + proof.from() + " to " + proof.to() + " is wrong");
    }
    return verdict.done(
        roots.size()
            + " sizes seen of "
            + published.size()
            + " nodes, "
            + world.proofs().size()
            + " consistency proofs");
  }

  private static Note take(
      Verdict.Builder verdict,
      World world,
      Merkle tree,
      String text,
      Map<Long, String> roots,
      String where) {
    Note note = Note.parse(text);
    String known = roots.putIfAbsent(note.size(), note.root());
    if (known == null) {
      // The signature once per size: Ed25519 in the JDK takes a millisecond.
      verdict.require(
          note.signedBy(world.logKey()), where + ": size " + note.size() + " is badly signed");
    }
    verdict.require(
        known == null || known.equals(note.root()), where + ": two roots of size " + note.size());
    if (note.size() > tree.size()) {
      verdict.violation(
          where + ": size " + note.size() + " was published, the log has " + tree.size());
    } else {
      verdict.require(
          Hashes.hex(tree.root((int) note.size())).equals(note.root()),
          where + ": the root of size " + note.size() + " is not that of the log");
    }
    return note;
  }

  /** Anchors grow, and anchor this log. */
  static Verdict anchors(World world, Merkle tree) {
    Verdict.Builder verdict = new Verdict.Builder("anchors");
    Map<String, Long> sizes = new HashMap<>();
    List<Observation.SeenAnchor> seen = world.seen(Observation.SeenAnchor.class);
    int unknown = 0;
    for (Observation.SeenAnchor anchor : seen) {
      verdict.require(
          !anchor.state().equals("ALARM") && !anchor.state().equals("IDENTITY_CHANGED"),
          anchor.base() + " said " + anchor.state());
      Long before = sizes.put(anchor.base(), anchor.anchoredSize());
      verdict.require(
          before == null || before <= anchor.anchoredSize(),
          anchor.base() + " said " + anchor.anchoredSize() + " anchored after " + before);
      if (anchor.size() == 0) {
        // Nothing is anchored yet, or the size is known and its transaction is being looked up.
        unknown++;
        continue;
      }
      ours(verdict, tree, anchor.size(), anchor.root());
    }
    long last = 0;
    for (World.Anchored anchor : world.chain().orElse(List.of())) {
      verdict.require(
          anchor.newSize() > last && anchor.oldSize() == last,
          "the chain went from " + last + " by " + anchor.oldSize() + " to " + anchor.newSize());
      ours(verdict, tree, anchor.newSize(), anchor.root());
      last = anchor.newSize();
    }
    return verdict.done(
        seen.size()
            + " states seen, "
            + unknown
            + " without an anchor, "
            + world.chain().map(c -> c.size() + " events on the chain").orElse("no chain asked"));
  }

  private static void ours(Verdict.Builder verdict, Merkle tree, long size, String root) {
    verdict.require(
        size <= tree.size() && Hashes.hex(tree.root((int) size)).equals(root),
        "anchored size " + size + " with root " + root + " is not this log");
  }
}
