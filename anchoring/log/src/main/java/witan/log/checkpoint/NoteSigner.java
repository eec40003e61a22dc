package witan.log.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import witan.log.tree.Base64Text;
import witan.log.tree.Hash;

/**
 * Signs checkpoints as a log, or cosigns them as a witness. Thread-safe. It remembers nothing: that
 * a log never signs two roots for one size, nor a smaller size, is for the caller to ensure with a
 * durable record written before. Bouncy Castle's Ed25519 makes the same bytes as the JDK's in a
 * tenth of the time (decision 0014).
 */
public final class NoteSigner {
  private final Ed25519PrivateKeyParameters privateKey;
  private final NoteKey key;
  private final NoteKey cosignatureKey;

  private NoteSigner(String name, Ed25519PrivateKeyParameters privateKey) {
    byte[] encoded = privateKey.generatePublicKey().getEncoded();
    this.privateKey = privateKey;
    this.key = new NoteKey(name, NoteKey.Kind.NOTE, encoded);
    this.cosignatureKey = new NoteKey(name, NoteKey.Kind.COSIGNATURE, encoded);
  }

  /**
   * A signer with a new key.
   *
   * @throws NoteException (malformed) if the name breaks the rules of C2SP signed-note
   */
  public static NoteSigner generate(String name, SecureRandom random) {
    return new NoteSigner(name, new Ed25519PrivateKeyParameters(random));
  }

  /**
   * The signer whose {@link #pkcs8} these bytes are.
   *
   * @throws NoteException (malformed) if they are no Ed25519 key, or the name breaks the rules of
   *     C2SP signed-note
   */
  public static NoteSigner ofPkcs8(String name, byte[] pkcs8) {
    try {
      EdECPrivateKey stored =
          (EdECPrivateKey) keys().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      byte[] seed = stored.getBytes().orElseThrow();
      return new NoteSigner(name, new Ed25519PrivateKeyParameters(seed));
    } catch (GeneralSecurityException e) {
      throw NoteException.malformed("not an Ed25519 private key in PKCS#8");
    }
  }

  /** The private key for storage. Secret. */
  public byte[] pkcs8() {
    try {
      return keys()
          .generatePrivate(
              new EdECPrivateKeySpec(NamedParameterSpec.ED25519, privateKey.getEncoded()))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key could not be encoded", e);
    }
  }

  private static KeyFactory keys() throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519");
  }

  public NoteKey key() {
    return key;
  }

  /**
   * The key under which this signer's cosignatures are known; its id differs from {@link #key}'s.
   */
  public NoteKey cosignatureKey() {
    return cosignatureKey;
  }

  /**
   * The signed note, as served under {@code /checkpoint}.
   *
   * @throws NoteException (wrong origin) unless the checkpoint's origin is this signer's name
   */
  public String sign(Checkpoint checkpoint) {
    if (!checkpoint.origin().equals(key.name())) {
      throw new NoteException(
          NoteException.Reason.WRONG_ORIGIN, "this key signs for " + key.name());
    }
    return note(checkpoint.body());
  }

  /**
   * The seal of an evidence bundle as a signed note, see {@link BundleSeal}.
   *
   * @param bundleDigest SHA-256 of the bundle's canonical bytes without the seal
   */
  public String seal(Hash bundleDigest) {
    return note(new BundleSeal(key.name(), bundleDigest).body());
  }

  /**
   * The bare signature of a statement that is no note, see {@link NoteKey#verify(String, Hash,
   * byte[])}.
   */
  public byte[] sign(String purpose, Hash digest) {
    return raw(key.statement(purpose, digest));
  }

  private String note(String text) {
    return text + "\n" + line(key, raw(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * A witness's signature line, newline included, to put below a note's own. The caller has
   * verified the note and its consistency with what it cosigned before.
   *
   * @param unixSeconds when, not negative
   */
  public String cosign(Checkpoint checkpoint, long unixSeconds) {
    if (unixSeconds < 0) {
      throw new IllegalArgumentException("time before 1970");
    }
    byte[] signature =
        raw(NoteKey.cosigned(unixSeconds, checkpoint.body().getBytes(StandardCharsets.UTF_8)));
    byte[] timed =
        ByteBuffer.allocate(Long.BYTES + signature.length)
            .putLong(unixSeconds)
            .put(signature)
            .array();
    return line(cosignatureKey, timed);
  }

  private byte[] raw(byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, privateKey);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }

  private static String line(NoteKey key, byte[] signature) {
    byte[] blob =
        ByteBuffer.allocate(Integer.BYTES + signature.length)
            .putInt(key.keyId())
            .put(signature)
            .array();
    return SignedNote.DASH + key.name() + " " + Base64Text.encode(blob) + "\n";
  }
}
