package witan.log.checkpoint;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import witan.log.tree.Hash;

/**
 * What a log signs under an evidence bundle that it hands out: that exactly these bytes were. It
 * keeps what no proof covers (hints about a chain) from being changed on the way, and proves
 * nothing else: whoever holds the log's key can seal anything, so every check of the content is
 * made as if there were no seal.
 *
 * <p>The text has two lines, {@code <origin>/bundle} and 64 hexadecimal digits. A checkpoint has
 * three, the second of them decimal, so neither signature can be taken for the other's.
 *
 * @param origin name of the log
 * @param digest SHA-256 of the bundle's canonical bytes without the seal
 */
public record BundleSeal(String origin, Hash digest) {
  private static final String SUFFIX = "/bundle";
  private static final Pattern BODY = Pattern.compile("([^\n]+)" + SUFFIX + "\n([0-9a-f]{64})\n");

  /** The two lines that are signed, with the final newline. */
  public String body() {
    return origin + SUFFIX + "\n" + digest.hex() + "\n";
  }

  /**
   * The seal of a note that has one signature, by this key of a log.
   *
   * @throws NoteException with the reason, if anything is wrong, or there are other signatures
   */
  public static BundleSeal open(String note, NoteKey logKey) {
    SignedNote signed = SignedNote.parse(note);
    if (signed.signatures().size() != 1) {
      throw NoteException.malformed("a seal has one signature");
    }
    if (logKey.kind() != NoteKey.Kind.NOTE || signed.verify(List.of(logKey)).isEmpty()) {
      throw new NoteException(
          NoteException.Reason.NO_KNOWN_SIGNATURE, "the seal is not by " + logKey.name());
    }
    Matcher m = BODY.matcher(signed.text());
    if (!m.matches()) {
      throw NoteException.malformed("a seal is two lines: <origin>/bundle and a digest");
    }
    BundleSeal seal = new BundleSeal(m.group(1), Hash.ofHex(m.group(2)));
    if (!seal.origin().equals(logKey.name())) {
      throw new NoteException(
          NoteException.Reason.WRONG_ORIGIN, "the seal is for " + seal.origin());
    }
    return seal;
  }
}
