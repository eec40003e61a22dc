package witan.log.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Locale;
import witan.log.tree.Base64Text;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * A verifier key of C2SP signed-note: name, kind and Ed25519 public key. Equal keys have equal
 * {@link #vkey} texts. Thread-safe.
 */
public final class NoteKey {
  /** What a key's signatures say. */
  public enum Kind {
    /** The issuer signs the text of the note. */
    NOTE(0x01),
    /**
     * A witness signs the text with a time, c2sp.org/tlog-cosignature: it has seen no other log of
     * this name.
     */
    COSIGNATURE(0x04);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    static Kind of(byte code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw NoteException.malformed("unknown kind of key: " + code);
    }
  }

  private static final int TIME_LENGTH = Long.BYTES;

  private final String name;
  private final Kind kind;
  private final byte[] encoded;
  private final PublicKey publicKey;
  private final int keyId;

  NoteKey(String name, Kind kind, byte[] encodedKey) {
    if (!NoteText.isKeyName(name)) {
      throw NoteException.malformed("a key name is not empty and has no space and no plus");
    }
    this.name = name;
    this.kind = kind;
    this.encoded = encodedKey.clone();
    this.publicKey = Ed25519.publicKey(encodedKey);
    this.keyId = keyId(name, kind, encodedKey);
  }

  /**
   * Reads {@code <name>+<key id in hex>+<base64 of kind and key>}.
   *
   * @throws NoteException (malformed) on anything {@link #vkey} would not write, and on keys of
   *     small order
   */
  public static NoteKey parse(String vkey) {
    String[] parts = vkey.split("\\+", 3);
    if (parts.length != 3) {
      throw NoteException.malformed("a verifier key has three parts separated by plus");
    }
    byte[] kindAndKey;
    try {
      kindAndKey = Base64Text.decode(parts[2]);
    } catch (IllegalArgumentException e) {
      throw NoteException.malformed("verifier key: " + e.getMessage());
    }
    if (kindAndKey.length != 1 + Ed25519.KEY_LENGTH) {
      throw NoteException.malformed("a verifier key has 33 bytes");
    }
    byte[] encodedKey = Arrays.copyOfRange(kindAndKey, 1, kindAndKey.length);
    NoteKey key = new NoteKey(parts[0], Kind.of(kindAndKey[0]), encodedKey);
    if (!key.vkey().equals(vkey)) {
      throw NoteException.malformed("the key id does not belong to this name and key");
    }
    return key;
  }

  public String vkey() {
    byte[] kindAndKey = ByteBuffer.allocate(1 + encoded.length).put(kind.code).put(encoded).array();
    return name
        + "+"
        + String.format(Locale.ROOT, "%08x", keyId)
        + "+"
        + Base64Text.encode(kindAndKey);
  }

  public String name() {
    return name;
  }

  public Kind kind() {
    return kind;
  }

  /** The four bytes of the key id, big-endian. */
  public int keyId() {
    return keyId;
  }

  /**
   * Whether the signature, without the key id in front, is this key's for the text of a note. False
   * for any malformed signature. A cosignature's time is part of what it signs, see {@link
   * SignedNote.Signature#time}.
   */
  public boolean verify(byte[] message, byte[] signature) {
    if (kind == Kind.NOTE) {
      return Ed25519.verify(publicKey, message, signature);
    }
    if (signature.length != TIME_LENGTH + Ed25519.SIGNATURE_LENGTH) {
      return false;
    }
    long time = ByteBuffer.wrap(signature).getLong();
    byte[] bare = Arrays.copyOfRange(signature, TIME_LENGTH, signature.length);
    return time >= 0 && Ed25519.verify(publicKey, cosigned(time, message), bare);
  }

  /**
   * Whether the signature is this key's under that digest for that purpose. The text has two lines,
   * {@code <name>/<purpose>} and 64 hexadecimal digits, as that of {@link BundleSeal}: no
   * checkpoint can be taken for it, nor one purpose for another.
   */
  public boolean verify(String purpose, Hash digest, byte[] signature) {
    return kind == Kind.NOTE && Ed25519.verify(publicKey, statement(purpose, digest), signature);
  }

  byte[] statement(String purpose, Hash digest) {
    return (name + "/" + purpose + "\n" + digest.hex() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** What a witness signs. */
  static byte[] cosigned(long unixSeconds, byte[] text) {
    byte[] head = ("cosignature/v1\ntime " + unixSeconds + "\n").getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(head.length + text.length).put(head).put(text).array();
  }

  private static int keyId(String name, Kind kind, byte[] encodedKey) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer input = ByteBuffer.allocate(utf8.length + 2 + encodedKey.length);
    input.put(utf8).put((byte) '\n').put(kind.code).put(encodedKey);
    return ByteBuffer.wrap(Hashing.sha256(input.array()).bytes()).getInt();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteKey that && vkey().equals(that.vkey());
  }

  @Override
  public int hashCode() {
    return keyId;
  }

  @Override
  public String toString() {
    return vkey();
  }
}
