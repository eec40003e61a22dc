package witan.ballot;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;

/** Bitcoin Core's libsecp256k1 through JNI, about five times as fast as pure Java. */
final class NativeSecp256k1Backend implements Secp256k1Backend {
  private final Secp256k1 library;

  /** Loads the library; fails with a LinkageError or a RuntimeException where it cannot. */
  NativeSecp256k1Backend() {
    library = Secp256k1.get();
  }

  @Override
  public String name() {
    return "native";
  }

  @Override
  public byte[] recover(byte[] digest, byte[] rs, boolean oddY) {
    try {
      return library.ecdsaRecover(rs, digest, oddY ? 1 : 0);
    } catch (Secp256k1Exception noKey) {
      throw Secp256k1Backend.unrecoverable();
    }
  }

  @Override
  public byte[] sign(byte[] digest, byte[] privateKey) {
    return library.sign(digest, privateKey, null);
  }

  @Override
  public byte[] publicKey(byte[] privateKey) {
    return library.pubkeyCreate(privateKey);
  }
}
