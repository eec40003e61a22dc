package witan.log.proof;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteException;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.SignedNote;
import witan.log.tree.Base64Text;
import witan.log.tree.Hash;

/**
 * A C2SP tlog-proof: all that is needed, besides the entry and the log's key, to prove without a
 * network that the entry is in the log.
 *
 * @param extra canonical base 64 of a hint, of at most 64 KiB of text; not authenticated, never
 *     trust it
 * @param index of the entry, from 0
 * @param hashes inclusion proof, from the leaf's sibling up
 * @param checkpoint the signed note, verbatim
 */
public record TlogProof(Optional<String> extra, long index, List<Hash> hashes, String checkpoint) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1\n";
  private static final int MAX_EXTRA = 1 << 16;
  private static final int MAX_HASHES = 64;
  private static final int MAX_LENGTH = SignedNote.MAX_LENGTH + MAX_EXTRA + MAX_HASHES * 45 + 128;
  private static final Pattern HEAD =
      Pattern.compile(
          "(?:extra ([^\n]*)\n)?index (0|[1-9][0-9]{0,18})\n((?:[A-Za-z0-9+/=]{44}\n){0,64})");

  /**
   * @throws NoteException (malformed) if the index is negative, there are more than 64 hashes,
   *     extra is empty, too long or not canonical, or the checkpoint is no signed checkpoint
   */
  public TlogProof {
    hashes = List.copyOf(hashes);
    if (index < 0 || hashes.size() > MAX_HASHES) {
      throw malformed("a proof has an index and at most 64 hashes");
    }
    extra.ifPresent(TlogProof::checkExtra);
    Checkpoint.parse(SignedNote.parse(checkpoint).text());
  }

  /** The bytes of a hint as {@link #extra}. */
  public static Optional<String> extra(byte[] hint) {
    return Optional.of(Base64Text.encode(hint));
  }

  /** The file's content, to be stored in UTF-8 as {@code .tlog-proof}. */
  public String text() {
    StringBuilder text = new StringBuilder(HEADER);
    extra.ifPresent(base64 -> text.append("extra ").append(base64).append('\n'));
    text.append("index ").append(index).append('\n');
    hashes.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n').append(checkpoint).toString();
  }

  /**
   * Reads what {@link #text} writes and nothing else; believes nothing.
   *
   * @throws NoteException (malformed) on any other text
   */
  public static TlogProof parse(String text) {
    int split = text.indexOf("\n\n");
    if (text.length() > MAX_LENGTH || !text.startsWith(HEADER) || split < HEADER.length()) {
      throw malformed("not a c2sp.org/tlog-proof@v1");
    }
    Matcher m = HEAD.matcher(text.substring(HEADER.length(), split + 1));
    if (!m.matches()) {
      throw malformed("a proof has an index line and lines of hashes");
    }
    try {
      return new TlogProof(
          Optional.ofNullable(m.group(1)),
          Long.parseLong(m.group(2)),
          m.group(3).lines().map(Hash::ofBase64).toList(),
          text.substring(split + 2));
    } catch (NoteException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw malformed("index or hash of the proof: " + e.getMessage());
    }
  }

  /**
   * The checkpoint that includes the leaf.
   *
   * @throws NoteException with the reason, if the checkpoint is not signed by its log or the leaf
   *     is not in it
   */
  public Checkpoint verify(Hash leaf, List<NoteKey> logKeys) {
    Checkpoint signed = SignedNote.open(checkpoint, logKeys);
    if (!Proofs.verifyInclusion(index, signed.size(), leaf, hashes, signed.root())) {
      throw new NoteException(
          NoteException.Reason.NOT_INCLUDED, "the proof does not lead to the checkpoint's root");
    }
    return signed;
  }

  private static void checkExtra(String base64) {
    try {
      if (base64.isEmpty()
          || base64.length() > MAX_EXTRA
          || Base64Text.decode(base64).length == 0) {
        throw malformed("extra is empty or too long");
      }
    } catch (NoteException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw malformed("extra: " + e.getMessage());
    }
  }

  private static NoteException malformed(String message) {
    return new NoteException(NoteException.Reason.MALFORMED, message);
  }
}
