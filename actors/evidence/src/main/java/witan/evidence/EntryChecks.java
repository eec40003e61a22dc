package witan.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import witan.codec.bundle.BundleEntry;
import witan.codec.entry.Entry;
import witan.codec.event.EventCodec;
import witan.codec.json.JsonRefused;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.common.LoggedTimes;

/** That entries and fields belong together, and the entries of one pid to each other. */
final class EntryChecks {
  private static final EventCodec CODEC = new EventCodec();

  /** Sequencers bind the times of entries of this version on. */
  private static final int TIMED = 2;

  private EntryChecks() {}

  /** What no sequencer accepts, whatever its clock says. */
  static void times(List<Entry> inLogOrder) {
    Instant latest = null;
    for (Entry entry : inLogOrder) {
      if (entry.v() < TIMED) {
        continue;
      }
      CheckFailed.unless(
          LoggedTimes.follows(entry.at(), latest),
          entry.pid()
              + " number "
              + entry.seq()
              + " is of "
              + entry.at()
              + ", and follows an entry of "
              + latest
              + " in the log");
      latest = LoggedTimes.later(latest, entry.at());
    }
  }

  /** Every entry with its event, whose fields lead to the entry's body. */
  static <E extends DomainEvent> Found<List<Logged<E>>> read(
      List<BundleEntry> lines, Class<E> kind) {
    List<Logged<E>> all = new ArrayList<>();
    int fields = 0;
    for (BundleEntry line : lines) {
      all.add(read(line, kind));
      fields += line.disclosure().fields().size();
    }
    return new Found<>(
        all, all.size() + " entries are canonical and commit to their " + fields + " fields");
  }

  private static <E extends DomainEvent> Logged<E> read(BundleEntry line, Class<E> kind) {
    byte[] bytes = line.entry().getBytes(StandardCharsets.UTF_8);
    Entry entry = Entry.parse(bytes);
    DomainEvent event = event(line, entry);
    CheckFailed.unless(
        kind.isInstance(event), "entry " + line.index() + " is a " + entry.type() + " here");
    return Logged.of(line, entry, Entry.leafHash(bytes), kind.cast(event));
  }

  /** What is withheld speaks against nothing. */
  private static DomainEvent event(BundleEntry line, Entry entry) {
    try {
      return CODEC.fromDisclosure(entry, line.disclosure());
    } catch (JsonRefused e) {
      if (e.refusal().code().equals(EventCodec.WITHHELD)) {
        throw new CouldNotCheck("entry " + line.index() + ": " + e.getMessage());
      }
      throw e;
    }
  }

  /** Numbers 1 to n, each entry with the hash of the one before it, in the order of the log. */
  static String chain(List<? extends Logged<?>> all, String pid) {
    CheckFailed.unless(!all.isEmpty(), "there is no entry of " + pid);
    Digest prev = Digest.ZERO;
    long index = -1;
    for (int i = 0; i < all.size(); i++) {
      Entry entry = all.get(i).entry();
      String where = pid + " number " + (i + 1);
      CheckFailed.unless(
          entry.pid().equals(pid), where + " is followed by an entry of " + entry.pid());
      CheckFailed.unless(
          entry.seq() == i + 1, where + " is missing: number " + entry.seq() + " comes there");
      CheckFailed.unless(
          entry.prev().equals(prev), where + " does not continue the entry before it");
      CheckFailed.unless(
          all.get(i).index() > index, where + " is earlier in the log than the one before it");
      prev = all.get(i).hash();
      index = all.get(i).index();
    }
    return pid + " numbers 1 to " + all.size() + " without a gap, each with the hash before it";
  }
}
