package witan.codec.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.TreeMap;
import witan.codec.entry.Entry;
import witan.codec.json.Json;
import witan.codec.json.Limits;

/** Entries as the release before wrote them: without the fields that it did not have. */
public final class OldEntries {
  private OldEntries() {}

  /** The same event in an entry of an earlier version. */
  public static Encoded of(int version, Encoded today, byte[] subjectKey) {
    SubjectKeys keys = SubjectKeys.of(subjectKey);
    Entry e = Entry.parse(today.entry());
    ObjectNode values =
        (ObjectNode)
            Json.parse(
                SealedBody.open(keys, today.entry(), today.sealedBody()),
                Limits.ofBytes(EventCodec.MAX_BODY_BYTES));
    values.retain(EventTypes.of(version, e.type()).fields());
    SortedMap<String, byte[]> fields = new TreeMap<>();
    values.properties().forEach(f -> fields.put(f.getKey(), Json.canonical(f.getValue())));
    byte[] entry =
        new Entry(
                version,
                e.type(),
                e.caseId(),
                e.pid(),
                e.seq(),
                e.prev(),
                e.at(),
                e.actor(),
                FieldTree.root(keys, e.pid(), e.seq(), fields),
                e.pol())
            .bytes();
    return new Encoded(
        entry, SealedBody.seal(keys, entry, Json.canonical(values)), Entry.leafHash(entry));
  }
}
