package witan.verifier.chain;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import witan.ballot.Keccak256;
import witan.codec.bundle.Anchor;
import witan.codec.bundle.TrustedChain;
import witan.evidence.AnchorLook;
import witan.evidence.CheckFailed;
import witan.evidence.CouldNotCheck;
import witan.log.tree.Hashing;

/**
 * Compares every member of an anchor with what a node says. The node is believed: the auditor chose
 * it.
 */
public final class AnchorReader implements AnchorLook {
  static final String ANCHORED = topic("Anchored(uint64,bytes32,uint64,uint64)");
  private static final int WORD = 64;

  private final JsonRpc rpc;

  public AnchorReader(JsonRpc rpc) {
    this.rpc = rpc;
  }

  /**
   * What was found, for a person.
   *
   * @param chain the trusted one; the anchor claims it
   * @throws CheckFailed if the node says otherwise than the anchor
   * @throws CouldNotCheck if there is no answer
   */
  @Override
  public String check(TrustedChain chain, String origin, Anchor anchor) {
    identity(chain);
    contract(chain, origin);
    registryHead(chain, anchor);
    receipt(chain, anchor);
    long deep = number(rpc.call("eth_blockNumber")).longValueExact() - anchor.blockNumber();
    return anchor.size()
        + " entries are anchored in transaction "
        + anchor.txHash()
        + ", "
        + deep
        + " blocks deep; chain "
        + chain.chainId()
        + " with genesis "
        + chain.genesisHash();
  }

  private void identity(TrustedChain chain) {
    CheckFailed.unless(
        number(rpc.call("eth_chainId")).equals(BigInteger.valueOf(chain.chainId())),
        "the node is on another chain than " + chain.chainId());
    CheckFailed.unless(
        blockHash(0).equals("0x" + chain.genesisHash()),
        "the node's chain has another genesis than the trusted one");
  }

  private void contract(TrustedChain chain, String origin) {
    String code = text(rpc.call("eth_getCode", chain.contract().hex(), "latest"));
    CheckFailed.unless(code.length() > 2, "there is no contract at " + chain.contract());
    String logId = Hashing.sha256(origin.getBytes(StandardCharsets.UTF_8)).hex();
    CheckFailed.unless(
        call(chain, "logId()").equals(logId), "the contract serves another log than " + origin);
  }

  private void registryHead(TrustedChain chain, Anchor anchor) {
    String head = call(chain, "head()");
    CheckFailed.unless(head.length() == 2 * WORD, "the contract's head is malformed");
    BigInteger size = new BigInteger(head.substring(0, WORD), 16);
    int order = size.compareTo(BigInteger.valueOf(anchor.size()));
    CheckFailed.unless(
        order > 0 || (order == 0 && head.substring(WORD).equals(anchor.root().hex())),
        "the contract's head, of size " + size + ", is older than the anchor or has another root");
  }

  private void receipt(TrustedChain chain, Anchor anchor) {
    JsonNode receipt = rpc.call("eth_getTransactionReceipt", "0x" + anchor.txHash());
    CheckFailed.unless(receipt.isObject(), "the node knows no transaction " + anchor.txHash());
    String blockHash = "0x" + anchor.blockHash();
    CheckFailed.unless(
        text(receipt.path("status")).equals("0x1")
            && text(receipt.path("blockHash")).equals(blockHash)
            && number(receipt.path("blockNumber")).equals(BigInteger.valueOf(anchor.blockNumber()))
            && blockHash(anchor.blockNumber()).equals(blockHash),
        "the transaction failed, or is not in block " + anchor.blockNumber());
    for (JsonNode log : receipt.path("logs")) {
      if (anchored(log, chain, anchor)) {
        return;
      }
    }
    throw new CheckFailed("the transaction did not anchor this root");
  }

  private static boolean anchored(JsonNode log, TrustedChain chain, Anchor anchor) {
    String size = String.format("0x%064x", anchor.size());
    return text(log.path("address")).equals(chain.contract().hex())
        && log.path("topics").size() == 2
        && text(log.path("topics").get(0)).equals(ANCHORED)
        && text(log.path("topics").get(1)).equals(size)
        && text(log.path("data")).startsWith("0x" + anchor.root());
  }

  private String blockHash(long number) {
    return text(
        rpc.call("eth_getBlockByNumber", "0x" + Long.toHexString(number), false).path("hash"));
  }

  /** The result of a call without arguments, hexadecimal digits only. */
  private String call(TrustedChain chain, String signature) {
    String data = topic(signature).substring(0, 10);
    String result = text(rpc.callContract(chain.contract().hex(), data));
    return result.startsWith("0x") ? result.substring(2) : result;
  }

  private static String topic(String signature) {
    return "0x"
        + HexFormat.of().formatHex(Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII)));
  }

  private static BigInteger number(JsonNode quantity) {
    String hex = text(quantity);
    if (!hex.matches("0x[0-9a-f]{1,64}")) {
      throw new CouldNotCheck("the node answered no number: " + JsonRpc.shown(quantity));
    }
    return new BigInteger(hex.substring(2), 16);
  }

  private static String text(JsonNode node) {
    return node.asText("").toLowerCase(Locale.ROOT);
  }
}
