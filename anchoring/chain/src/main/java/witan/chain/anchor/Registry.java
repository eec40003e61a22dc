package witan.chain.anchor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.crypto.Hash;

/**
 * The ABI of AnchorRegistry.sol by hand: six functions and one event are less than generated
 * wrappers, which come with transaction managers we must not use.
 */
final class Registry {
  static final String ANCHORED =
      EventEncoder.buildEventSignature("Anchored(uint64,bytes32,uint64,uint64)");

  private Registry() {}

  /** The creation code followed by its constructor arguments. */
  static String deployment(witan.log.tree.Hash logId, String owner, String anchorer) {
    return bytecode()
        + FunctionEncoder.encodeConstructor(
            List.of(bytes32(logId), new Address(owner), new Address(anchorer)));
  }

  static String head() {
    return encode("head");
  }

  static String logId() {
    return encode("logId");
  }

  static String setAnchorer(String next) {
    return encode("setAnchorer", new Address(next));
  }

  static String setOwner(String next) {
    return encode("setOwner", new Address(next));
  }

  static String anchor(AnchorRequest request) {
    return encode(
        "anchor",
        uint64(request.oldSize()),
        uint64(request.newSize()),
        bytes32(request.newRoot()),
        hashes(request.proof()));
  }

  static String verifyInclusion(
      witan.log.tree.Hash leaf, long index, List<witan.log.tree.Hash> proof, long size) {
    return encode("verifyInclusion", bytes32(leaf), uint64(index), hashes(proof), uint64(size));
  }

  /** Selector of a Solidity error, such as {@code StaleSize(uint64)}: 0x and 8 digits. */
  static String selector(String signature) {
    return Hash.sha3String(signature).substring(0, 10);
  }

  /** Topic of an indexed uint64. */
  static String topic(long value) {
    return "0x" + FunctionEncoder.encodeConstructor(List.of(uint64(value)));
  }

  private static String encode(String name, Type<?>... arguments) {
    return FunctionEncoder.encode(new Function(name, List.of(arguments), List.of()));
  }

  private static Uint64 uint64(long value) {
    return new Uint64(BigInteger.valueOf(value));
  }

  private static Bytes32 bytes32(witan.log.tree.Hash hash) {
    return new Bytes32(hash.bytes());
  }

  private static DynamicArray<Bytes32> hashes(List<witan.log.tree.Hash> hashes) {
    return new DynamicArray<>(Bytes32.class, hashes.stream().map(Registry::bytes32).toList());
  }

  private static String bytecode() {
    try (InputStream in = Registry.class.getResourceAsStream("AnchorRegistry.bin")) {
      if (in == null) {
        throw new IllegalStateException("AnchorRegistry.bin is missing from the jar");
      }
      return "0x" + new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
