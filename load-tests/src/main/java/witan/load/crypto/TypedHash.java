package witan.load.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.util.BigIntegers;

/** EIP-712 digests of the two structs that members sign. */
public final class TypedHash {
  private static final byte[] DOMAIN =
      type("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
  private static final byte[] FOUNDING = type("Founding(bytes32 charterHash,address founder)");
  private static final byte[] VOTE =
      type(
          "Vote(bytes32 proposalId,bytes32 proposalHash,address voter,uint8 support,"
              + "uint256 optionMask,uint64 nonce,uint64 deadline,bytes32 reasonHash)");

  /** By the number that the contract world gives them. */
  private static final List<String> SUPPORT = List.of("AGAINST", "FOR", "ABSTAIN");

  private TypedHash() {}

  /** What a founder signs in the charter's own domain. */
  public static byte[] founding(JsonNode domain, byte[] charterHash, String founder) {
    return digest(domain, Hashes.keccak(FOUNDING, charterHash, address(founder)));
  }

  /** What a voter signs; the ballot as the API names its fields. */
  public static byte[] vote(JsonNode domain, JsonNode ballot) {
    return digest(
        domain,
        Hashes.keccak(
            VOTE,
            Hashes.unhex(ballot.path("proposalId").asText()),
            Hashes.unhex(ballot.path("proposalHash").asText()),
            address(ballot.path("voter").asText()),
            number(BigInteger.valueOf(SUPPORT.indexOf(ballot.path("support").asText()))),
            number(new BigInteger(ballot.path("optionMask").asText())),
            number(ballot.path("nonce").bigIntegerValue()),
            number(ballot.path("deadline").bigIntegerValue()),
            Hashes.unhex(ballot.path("reasonHash").asText())));
  }

  private static byte[] digest(JsonNode domain, byte[] struct) {
    byte[] separator =
        Hashes.keccak(
            DOMAIN,
            Hashes.keccak(Hashes.utf8(domain.path("name").asText())),
            Hashes.keccak(Hashes.utf8(domain.path("version").asText())),
            number(domain.path("chainId").bigIntegerValue()),
            address(domain.path("verifyingContract").asText()));
    return Hashes.keccak(new byte[] {0x19, 0x01}, separator, struct);
  }

  private static byte[] type(String text) {
    return Hashes.keccak(Hashes.utf8(text));
  }

  private static byte[] number(BigInteger value) {
    return BigIntegers.asUnsignedByteArray(32, value);
  }

  private static byte[] address(String text) {
    return number(new BigInteger(1, Hashes.unhex(text)));
  }
}
