package witan.ballot;

/**
 * The curve arithmetic behind {@link Signatures}, which has checked every range before it calls.
 * Implementations are thread-safe and keep no reference to an argument.
 */
interface Secp256k1Backend {
  /** For operators: which implementation runs. */
  String name();

  /**
   * Public-key recovery (SEC 1, 4.1.6) for the point with x = r.
   *
   * @param rs r || s, 64 bytes, both in [1, n)
   * @param oddY whether the nonce point has an odd y
   * @return the public key, 65 bytes, uncompressed
   * @throws BallotException ({@code signature_unrecoverable}) where no key exists
   */
  byte[] recover(byte[] digest, byte[] rs, boolean oddY);

  /** r || s with the nonce of RFC 6979 (SHA-256) and low s; the key is in [1, n). */
  byte[] sign(byte[] digest, byte[] privateKey);

  /** The public key, 65 bytes, uncompressed; the private key is in [1, n). */
  byte[] publicKey(byte[] privateKey);

  /** The native library where it loads, else pure Java. */
  static Secp256k1Backend best() {
    try {
      return new NativeSecp256k1Backend();
    } catch (LinkageError | RuntimeException unavailable) {
      return new JavaSecp256k1Backend();
    }
  }

  /** What every implementation throws when a signature belongs to no key. */
  static BallotException unrecoverable() {
    return new BallotException(
        BallotException.SIGNATURE_UNRECOVERABLE, "no public key fits this signature");
  }
}
