package witan.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.codec.bundle.ChainIdentity;
import witan.codec.bundle.TrustFile;
import witan.domain.common.Digest;
import witan.log.checkpoint.NoteKey;

/**
 * What the auditor trusts.
 *
 * @param logKey of kind NOTE, named after the log's origin
 * @param chain null where no anchor is expected
 */
public record Trust(
    NoteKey logKey, List<NoteKey> witnesses, @Nullable ChainIdentity chain, Digest charterHash) {
  public Trust {
    witnesses = List.copyOf(witnesses);
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
    List<NoteKey> witnesses = file.witnesses().stream().map(NoteKey::parse).toList();
    if (witnesses.stream().anyMatch(k -> k.kind() != NoteKey.Kind.COSIGNATURE)
        || witnesses.stream().distinct().count() != witnesses.size()) {
      throw new IllegalArgumentException("witnesses are different keys of kind 0x04");
    }
    return new Trust(logKey, witnesses, file.chain(), file.charterHash());
  }
}
