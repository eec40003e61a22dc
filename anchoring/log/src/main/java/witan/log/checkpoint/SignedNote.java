package witan.log.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import witan.log.tree.Base64Text;

/**
 * A C2SP signed note, taken apart but not believed: see {@link #open} and {@link #verify}.
 *
 * @param text what is signed, with its final newline
 * @param signatures in the order of the note, one or more
 */
public record SignedNote(String text, List<Signature> signatures) {
  static final String DASH = "\u2014 ";

  /**
   * Longest note in characters; room for 16 post-quantum signatures, which the specification asks
   * for.
   */
  public static final int MAX_LENGTH = 1 << 18;

  private static final int MAX_SIGNATURES = 64;

  public SignedNote {
    signatures = List.copyOf(signatures);
  }

  /**
   * One signature line.
   *
   * @param name of the key
   * @param blob canonical base 64 of key id and signature
   */
  public record Signature(String name, String blob) {
    /**
     * @throws NoteException (malformed) if the name or the blob breaks the rules
     */
    public Signature {
      if (!NoteText.isKeyName(name)) {
        throw NoteException.malformed("a key name is not empty and has no space and no plus");
      }
      try {
        if (Base64Text.decode(blob).length <= Integer.BYTES) {
          throw NoteException.malformed("a signature is longer than its key id");
        }
      } catch (NoteException e) {
        throw e;
      } catch (IllegalArgumentException e) {
        throw NoteException.malformed("signature: " + e.getMessage());
      }
    }

    public int keyId() {
      return ByteBuffer.wrap(Base64Text.decode(blob)).getInt();
    }

    /** Without the key id. */
    public byte[] bytes() {
      byte[] all = Base64Text.decode(blob);
      return Arrays.copyOfRange(all, Integer.BYTES, all.length);
    }

    /** Unix seconds of a cosignature; meaningless before the signature is verified with its key. */
    public OptionalLong time(NoteKey key) {
      byte[] bytes = bytes();
      return key.kind() == NoteKey.Kind.COSIGNATURE && bytes.length > Long.BYTES
          ? OptionalLong.of(ByteBuffer.wrap(bytes).getLong())
          : OptionalLong.empty();
    }

    boolean claims(NoteKey key) {
      return key.keyId() == keyId() && key.name().equals(name);
    }
  }

  /**
   * Takes a note apart. The last empty line separates text and signatures.
   *
   * @throws NoteException (malformed) on anything but a canonical note of at most {@link
   *     #MAX_LENGTH} characters
   */
  public static SignedNote parse(String note) {
    if (note.length() > MAX_LENGTH || !NoteText.isValid(note)) {
      throw NoteException.malformed(
          "a note has no control characters and at most " + MAX_LENGTH + " characters");
    }
    int split = note.lastIndexOf("\n\n");
    if (split < 0 || !note.endsWith("\n") || split + 2 == note.length()) {
      throw NoteException.malformed("a note is a text, an empty line and signatures");
    }
    String[] lines = note.substring(split + 2, note.length() - 1).split("\n", -1);
    if (lines.length > MAX_SIGNATURES) {
      throw NoteException.malformed("more than " + MAX_SIGNATURES + " signatures");
    }
    List<Signature> signatures = new ArrayList<>();
    for (String line : lines) {
      int space = line.indexOf(' ', DASH.length());
      if (!line.startsWith(DASH) || space < 0) {
        throw NoteException.malformed("a signature line is a dash, a name and a signature");
      }
      signatures.add(
          new Signature(line.substring(DASH.length(), space), line.substring(space + 1)));
    }
    return new SignedNote(note.substring(0, split + 1), signatures);
  }

  /**
   * The keys, of those given, that signed. Signatures by other keys are ignored; two signatures by
   * one key count once.
   *
   * @throws NoteException (bad signature) if a signature that names one of the keys is wrong
   */
  public Set<NoteKey> verify(List<NoteKey> keys) {
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    Set<NoteKey> signed = new LinkedHashSet<>();
    for (Signature signature : signatures) {
      for (NoteKey key : keys) {
        if (signature.claims(key)) {
          if (!key.verify(message, signature.bytes())) {
            throw new NoteException(
                NoteException.Reason.BAD_SIGNATURE, "bad signature by " + key.name());
          }
          signed.add(key);
        }
      }
    }
    return signed;
  }

  /** When the key cosigned, in Unix seconds: the latest time, if it is a witness's and signed. */
  public OptionalLong cosignedAt(NoteKey key) {
    if (!verify(List.of(key)).contains(key)) {
      return OptionalLong.empty();
    }
    return signatures.stream()
        .filter(s -> s.claims(key))
        .map(s -> s.time(key))
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .max();
  }

  /**
   * The checkpoint of a note that its log signed: at least one of the keys of kind {@link
   * NoteKey.Kind#NOTE} did, and that key has the checkpoint's origin for a name, so that one log's
   * key cannot speak for another log.
   *
   * @throws NoteException with the reason, if anything is wrong
   */
  public static Checkpoint open(String note, List<NoteKey> keys) {
    SignedNote signed = parse(note);
    Set<NoteKey> signers = signed.verify(keys);
    if (signers.stream().noneMatch(k -> k.kind() == NoteKey.Kind.NOTE)) {
      throw new NoteException(
          NoteException.Reason.NO_KNOWN_SIGNATURE, "no signature by a known key of a log");
    }
    Checkpoint checkpoint = Checkpoint.parse(signed.text());
    if (signers.stream()
        .noneMatch(k -> k.kind() == NoteKey.Kind.NOTE && k.name().equals(checkpoint.origin()))) {
      throw new NoteException(
          NoteException.Reason.WRONG_ORIGIN, "no key of " + checkpoint.origin() + " signed");
    }
    return checkpoint;
  }
}
