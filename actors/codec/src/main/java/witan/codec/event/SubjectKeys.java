package witan.codec.event;

import witan.codec.hash.Hashes;

/** The three keys that derive from a subject's key, 32 bytes each; one purpose, one key. */
@SuppressWarnings("ArrayRecordComponent") // never compared, only handed on
record SubjectKeys(byte[] salt, byte[] body, byte[] nonce) {
  static SubjectKeys of(byte[] subjectKey) {
    if (subjectKey.length != 32) {
      throw new IllegalArgumentException("a subject's key has 32 bytes");
    }
    return new SubjectKeys(
        derive(subjectKey, "witan/v1/salt"),
        derive(subjectKey, "witan/v1/body"),
        derive(subjectKey, "witan/v1/nonce"));
  }

  private static byte[] derive(byte[] key, String label) {
    return Hashes.hmac(key, Hashes.utf8(label));
  }
}
