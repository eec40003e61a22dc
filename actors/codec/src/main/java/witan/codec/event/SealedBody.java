package witan.codec.event;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import witan.codec.hash.Hashes;
import witan.codec.json.JsonRefused;

/**
 * {@code 0x01 || nonce (12) || AES-256-GCM(body, aad = entry)}. The nonce is a function of entry
 * and body: equal contents give equal bytes, and no nonce serves two contents.
 */
final class SealedBody {
  private static final byte VERSION = 1;
  private static final int NONCE = 12;
  private static final int TAG = 16;

  private SealedBody() {}

  static byte[] seal(SubjectKeys keys, byte[] entry, byte[] body) {
    byte[] nonce = nonce(keys, entry, body);
    byte[] sealed = new byte[1 + NONCE + body.length + TAG];
    sealed[0] = VERSION;
    System.arraycopy(nonce, 0, sealed, 1, NONCE);
    try {
      cipher(Cipher.ENCRYPT_MODE, keys, nonce, entry)
          .doFinal(body, 0, body.length, sealed, 1 + NONCE);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed to encrypt", e);
    }
  }

  static byte[] open(SubjectKeys keys, byte[] entry, byte[] sealed) {
    if (sealed.length < 1 + NONCE + TAG || sealed[0] != VERSION) {
      throw refused("it is no sealed body of version " + VERSION);
    }
    byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE);
    try {
      byte[] body =
          cipher(Cipher.DECRYPT_MODE, keys, nonce, entry)
              .doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
      if (!Arrays.equals(nonce, nonce(keys, entry, body))) {
        throw refused("its nonce is not that of its content");
      }
      return body;
    } catch (GeneralSecurityException e) {
      throw refused("it was changed, or belongs to another entry or key");
    }
  }

  private static Cipher cipher(int mode, SubjectKeys keys, byte[] nonce, byte[] aad)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(keys.body(), "AES"), new GCMParameterSpec(TAG * 8, nonce));
    cipher.updateAAD(aad);
    return cipher;
  }

  private static byte[] nonce(SubjectKeys keys, byte[] entry, byte[] body) {
    return Arrays.copyOf(
        Hashes.hmac(keys.nonce(), Hashes.sha256(entry), Hashes.sha256(body)), NONCE);
  }

  private static JsonRefused refused(String why) {
    return new JsonRefused(
        "body_not_authentic", "the sealed body cannot be opened: " + why, "Check key and source.");
  }
}
