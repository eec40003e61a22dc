package witan.codec.event;

import witan.codec.entry.Entry;

/** Entries as the release before wrote them; of events whose fields are the same. */
public final class OldEntries {
  private OldEntries() {}

  /** The same event in an entry of version 1. */
  public static Encoded of(Encoded today, byte[] subjectKey) {
    SubjectKeys keys = SubjectKeys.of(subjectKey);
    Entry e = Entry.parse(today.entry());
    byte[] entry =
        new Entry(
                Entry.OLD_VERSION,
                e.type(),
                e.caseId(),
                e.pid(),
                e.seq(),
                e.prev(),
                e.at(),
                e.actor(),
                e.body(),
                e.pol())
            .bytes();
    byte[] body = SealedBody.open(keys, today.entry(), today.sealedBody());
    return new Encoded(entry, SealedBody.seal(keys, entry, body), Entry.leafHash(entry));
  }
}
