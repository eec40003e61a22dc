package witan.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.codec.bundle.ChainIdentity;
import witan.codec.bundle.TrustFile;
import witan.domain.common.Digest;
import witan.log.checkpoint.NoteKey;

/**
 * What the auditor trusts. What is named here is required.
 *
 * @param logKey of kind NOTE, named after the log's origin
 * @param threshold how many of the witnesses must have cosigned a checkpoint
 * @param chain null where no anchor is expected
 * @param executors keys of kind NOTE; empty where none are named
 */
public record Trust(
    NoteKey logKey,
    List<NoteKey> witnesses,
    int threshold,
    @Nullable ChainIdentity chain,
    Digest charterHash,
    List<NoteKey> executors) {
  public Trust {
    witnesses = List.copyOf(witnesses);
    executors = List.copyOf(executors);
    if (threshold < 0 || threshold > witnesses.size()) {
      throw new IllegalArgumentException(
          "witnessThreshold is 0 to the number of witnesses, " + witnesses.size());
    }
  }

  /** That asks for every witness and names no executors. */
  public Trust(
      NoteKey logKey, List<NoteKey> witnesses, @Nullable ChainIdentity chain, Digest charterHash) {
    this(logKey, witnesses, witnesses.size(), chain, charterHash, List.of());
  }

  /**
   * Reads a trust file.
   *
   * @throws IllegalArgumentException or {@link witan.codec.json.JsonRefused} if it is none
   */
  public static Trust parse(byte[] bytes) {
    TrustFile file = TrustFile.parse(bytes);
    NoteKey logKey = NoteKey.parse(file.logKey());
    if (logKey.kind() != NoteKey.Kind.NOTE || !logKey.name().equals(file.origin())) {
      throw new IllegalArgumentException("logKey is no key of the log " + file.origin());
    }
    List<NoteKey> witnesses =
        keys(
            file.witnesses(),
            NoteKey.Kind.COSIGNATURE,
            "witnesses are different keys of kind 0x04");
    List<String> executors = file.executors();
    Integer threshold = file.witnessThreshold();
    return new Trust(
        logKey,
        witnesses,
        threshold == null ? witnesses.size() : threshold,
        file.chain(),
        file.charterHash(),
        executors == null
            ? List.of()
            : keys(executors, NoteKey.Kind.NOTE, "executors are different keys of kind 0x01"));
  }

  private static List<NoteKey> keys(List<String> texts, NoteKey.Kind kind, String otherwise) {
    List<NoteKey> keys = texts.stream().map(NoteKey::parse).toList();
    if (keys.stream().anyMatch(k -> k.kind() != kind)
        || keys.stream().distinct().count() != keys.size()) {
      throw new IllegalArgumentException(otherwise);
    }
    return keys;
  }
}
