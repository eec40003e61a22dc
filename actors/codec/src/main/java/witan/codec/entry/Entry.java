package witan.codec.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import witan.codec.hash.Hashes;
import witan.codec.json.CanonicalWriter;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;

/**
 * What the log holds of an event; public, without any of its values.
 *
 * @param v version of the rules that the entry is judged by, 1 to {@value #VERSION}; the members
 *     are the same in all
 * @param type simple name of the event's record
 * @param caseId null for registry and intake
 * @param pid what the entry belongs to
 * @param seq number within the pid, from 1
 * @param prev leaf hash of the pid's previous entry; {@link Digest#ZERO} for the first
 * @param actor pseudonym: a voter's address, {@code sensor:<name>}, that of a {@link
 *     witan.domain.common.Person} ({@code person} in version 1) or {@code council}
 * @param body root of the salted field tree
 * @param pol digest of the policy, from VotingOpened on
 */
public record Entry(
    int v,
    String type,
    @Nullable CaseId caseId,
    String pid,
    long seq,
    Digest prev,
    Instant at,
    String actor,
    Digest body,
    @Nullable Digest pol) {
  /** Of everything that is logged now. */
  public static final int VERSION = 4;

  /**
   * Since this one a step that waits for a person is confirmed by a member's statement, no longer
   * by a token.
   */
  public static final int STATEMENTS = 3;

  /**
   * Since this one an abort, a verdict, and that containment is switched on again, are members'
   * statements too.
   */
  public static final int MEMBERS_WORD = 4;

  /** Of what was logged by releases before 2026-12. */
  public static final int OLD_VERSION = 1;

  /** The entry bundles of C2SP tlog-tiles have a two-byte length. */
  public static final int MAX_BYTES = 65_535;

  private static final Limits LIMITS = new Limits(MAX_BYTES, 2, MAX_BYTES);

  public Entry {
    if (v < OLD_VERSION || v > VERSION) {
      throw new IllegalArgumentException("no version " + v + " of an entry");
    }
    if (seq < 1 || pid.isEmpty() || type.isEmpty() || actor.isEmpty()) {
      throw new IllegalArgumentException(
          "an entry has a number from 1 on, a pid, a type and an actor");
    }
  }

  /** The RFC 8785 bytes: what is hashed into the log. */
  public byte[] bytes() {
    CanonicalWriter out = new CanonicalWriter();
    out.raw('{').name("actor").string(actor);
    out.raw(',').name("at").string(Json.format(at));
    out.raw(',').name("body").string(body.hex());
    if (caseId != null) {
      out.raw(',').name("case").string(caseId.value());
    }
    out.raw(',').name("pid").string(pid);
    if (pol != null) {
      out.raw(',').name("pol").string(pol.hex());
    }
    out.raw(',').name("prev").string(prev.hex());
    out.raw(',').name("seq").number(seq);
    out.raw(',').name("type").string(type);
    out.raw(',').name("v").number(v).raw('}');
    byte[] bytes = out.bytes();
    if (bytes.length > MAX_BYTES) {
      throw new JsonRefused(
          "entry_too_large", "an entry has at most " + MAX_BYTES + " bytes", "Shorten the pid.");
    }
    return bytes;
  }

  /**
   * Refuses other versions ({@code entry_version_unknown}) and any bytes but the canonical ones.
   */
  public static Entry parse(byte[] bytes) {
    JsonNode node = Json.parse(bytes, LIMITS);
    if (!(node instanceof ObjectNode object)) {
      throw new JsonRefused("entry_malformed", "an entry is a JSON object", "Check the source.");
    }
    JsonNode v = object.path("v");
    if (!v.isInt() || v.intValue() < OLD_VERSION || v.intValue() > VERSION) {
      throw new JsonRefused(
          "entry_version_unknown",
          "entry version " + v + "; this program reads " + OLD_VERSION + " to " + VERSION,
          "Use a newer release.");
    }
    Entry entry = read(object);
    if (!Arrays.equals(entry.bytes(), bytes)) {
      throw new JsonRefused(
          "entry_not_canonical",
          "the entry is not in its canonical form (RFC 8785, known members only)",
          "Compare it with the log.");
    }
    return entry;
  }

  private static Entry read(ObjectNode object) {
    JsonNode caseId = object.get("case");
    JsonNode pol = object.get("pol");
    ObjectNode whole = object.deepCopy();
    whole.remove("case");
    whole.set("caseId", caseId);
    whole.set("pol", pol);
    return Json.read(Entry.class, whole);
  }

  /** RFC 6962: SHA-256(0x00 || entry). */
  public static Digest leafHash(byte[] entryBytes) {
    return Digest.of(Hashes.leaf(entryBytes));
  }
}
