package witan.load.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A checkpoint: C2SP signed note with origin, size and root.
 *
 * @param root lower-case digits
 */
public record Note(String origin, long size, String root, String text, String signatures) {
  /** DER of an Ed25519 SubjectPublicKeyInfo before the 32 bytes of the key (RFC 8410). */
  private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

  /** Throws IllegalArgumentException when it is not one. */
  public static Note parse(String note) {
    int end = note.indexOf("\n\n");
    if (end < 0) {
      throw new IllegalArgumentException("not a signed note: " + note);
    }
    String text = note.substring(0, end + 1);
    List<String> lines = text.lines().toList();
    if (lines.size() != 3) {
      throw new IllegalArgumentException("not a checkpoint: " + note);
    }
    return new Note(
        lines.get(0),
        Long.parseLong(lines.get(1)),
        Hashes.hex(Base64.getDecoder().decode(lines.get(2))),
        text,
        note.substring(end + 2));
  }

  /** Whether one of the signatures is that of the key, a C2SP vkey of type Ed25519. */
  public boolean signedBy(String vkey) {
    String name = vkey.substring(0, vkey.indexOf('+'));
    byte[] typed = Base64.getDecoder().decode(vkey.substring(name.length() + 10));
    byte[] id = Hashes.unhex(vkey.substring(name.length() + 1, name.length() + 9));
    byte[] wanted = Hashes.sha256(Hashes.utf8(name + "\n"), typed);
    return origin.equals(name)
        && typed[0] == 1
        && Arrays.equals(id, Arrays.copyOf(wanted, 4))
        && signatures.lines().anyMatch(line -> verifies(line, name, id, typed));
  }

  private boolean verifies(String line, String name, byte[] id, byte[] typed) {
    String prefix = "\u2014 " + name + " ";
    if (!line.startsWith(prefix)) {
      return false;
    }
    byte[] blob = Base64.getDecoder().decode(line.substring(prefix.length()));
    if (!Arrays.equals(Arrays.copyOf(blob, 4), id)) {
      return false;
    }
    byte[] key = Arrays.copyOf(SPKI, SPKI.length + 32);
    System.arraycopy(typed, 1, key, SPKI.length, 32);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
      signature.update(Hashes.utf8(text));
      return signature.verify(Arrays.copyOfRange(blob, 4, blob.length));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
