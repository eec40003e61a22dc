package witan.chain.anchor;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlockNumber;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.EthChainId;
import org.web3j.protocol.core.methods.response.EthGetCode;
import org.web3j.protocol.core.methods.response.EthGetTransactionCount;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;
import witan.log.tree.Hash;

/**
 * {@link AnchorChain} over JSON-RPC. web3j encodes and signs; its transaction managers are not used
 * (one loses concurrent sends, the other burns nonces), and the node is never asked for a gas
 * price. Thread-safe, but only one writer may use a key.
 */
public final class Web3jAnchorChain implements AnchorChain, AutoCloseable {
  private static final long DEPLOY_GAS = 1_500_000;

  /** Three times what is used: gas limits cost nothing until they are too low. */
  private static final long ANCHOR_GAS = 150_000;

  private static final long ANCHOR_GAS_PER_HASH = 4_000;

  /** Nodes limit the range of a log query; Besu's default is 5,000 blocks. */
  private static final long SEARCH_WINDOW = 5_000;

  private static final int SEARCH_WINDOWS = 40;
  private static final Duration DEPLOY_PATIENCE = Duration.ofMinutes(2);

  /**
   * How nodes say "I have it" (anvil, geth, Besu, Nethermind), "its nonce is mined", or "one with
   * its nonce waits": for a while two anchorers with one key can be alive, and only one of their
   * transactions is mined. Each time the answer is to look for the receipt.
   */
  private static final List<String> KNOWN =
      List.of(
          "already known",
          "already imported",
          "known transaction",
          "nonce too low",
          "replacement transaction underpriced");

  private final ChainSettings settings;
  private final AnchorKey key;
  private final Rpc rpc;

  public Web3jAnchorChain(ChainSettings settings, AnchorKey key) {
    this.settings = settings;
    this.key = key;
    this.rpc = new Rpc(settings);
  }

  @Override
  public ChainIdentity identity(String contract) {
    long chainId =
        rpc.ask(rpc.web3().ethChainId(), (EthChainId r) -> r.getChainId().longValueExact());
    if (chainId != settings.chainId()) {
      throw new ChainFailure.IdentityChanged(
          "the node's chain id is " + chainId + ", not " + settings.chainId());
    }
    String genesis =
        rpc.ask(
            rpc.web3().ethGetBlockByNumber(DefaultBlockParameterName.EARLIEST, false),
            r -> present(r.getBlock(), "genesis block").getHash());
    return new ChainIdentity(chainId, genesis, contract);
  }

  @Override
  public String deploy(Hash logId) {
    return deploy(logId, key.address());
  }

  /** As {@link #deploy(Hash)}, with another owner: the account that may rotate the anchorer. */
  public String deploy(Hash logId, String owner) {
    SignedAnchor signed =
        sign("", Registry.deployment(logId, owner, key.address()), DEPLOY_GAS, nonce());
    send(signed);
    long deadline = System.nanoTime() + DEPLOY_PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<TransactionReceipt> mined = mined(signed.txHash());
      if (mined.isPresent()) {
        if (!mined.get().isStatusOK()) {
          throw new ChainFailure.Reverted("0x");
        }
        return mined.get().getContractAddress().toLowerCase(Locale.ROOT);
      }
      pause(settings.pollInterval());
    }
    throw new ChainFailure.Unreachable("the deployment was not mined in time", null);
  }

  @Override
  public boolean hasCode(String contract) {
    return rpc.ask(
        rpc.web3().ethGetCode(contract, DefaultBlockParameterName.LATEST),
        (EthGetCode r) -> present(r.getCode(), "code").length() > 2);
  }

  @Override
  public Hash logId(String contract) {
    return Hash.of(call(contract, Registry.logId(), 32));
  }

  @Override
  public AnchoredHead current(String contract) {
    byte[] words = call(contract, Registry.head(), 64);
    BigInteger size = new BigInteger(1, words, 0, 32).min(BigInteger.valueOf(Long.MAX_VALUE));
    return new AnchoredHead(size.longValueExact(), Hash.of(words, 32));
  }

  /** Whether the registry finds the leaf in its anchored tree; size must be the anchored one. */
  public boolean verifyInclusion(
      String contract, Hash leaf, long index, List<Hash> proof, long size) {
    byte[] word = call(contract, Registry.verifyInclusion(leaf, index, proof, size), 32);
    return word[31] == 1;
  }

  @Override
  public long nonce() {
    return rpc.ask(
        rpc.web3().ethGetTransactionCount(key.address(), DefaultBlockParameterName.LATEST),
        (EthGetTransactionCount r) -> r.getTransactionCount().longValueExact());
  }

  @Override
  public SignedAnchor prepare(String contract, AnchorRequest request, long nonce) {
    long gas = ANCHOR_GAS + ANCHOR_GAS_PER_HASH * request.proof().size();
    return prepare(contract, Registry.anchor(request), gas, nonce);
  }

  /** Makes another key the anchorer; this key must be the owner. The caller sends it. */
  public SignedAnchor prepareRotation(String contract, String newAnchorer, long nonce) {
    return prepare(contract, Registry.setAnchorer(newAnchorer), ANCHOR_GAS, nonce);
  }

  /** Makes another account the owner, for good; this key must be the owner. The caller sends it. */
  public SignedAnchor prepareHandover(String contract, String newOwner, long nonce) {
    return prepare(contract, Registry.setOwner(newOwner), ANCHOR_GAS, nonce);
  }

  private SignedAnchor prepare(String contract, String data, long gas, long nonce) {
    call(contract, data, 0);
    return sign(contract, data, gas, nonce);
  }

  @Override
  public void send(SignedAnchor anchor) {
    var request = rpc.web3().ethSendRawTransaction(anchor.rawTransaction());
    EthSendTransaction response = rpc.exchange(request);
    if (!response.hasError()) {
      return;
    }
    String message = String.valueOf(response.getError().getMessage()).toLowerCase(Locale.ROOT);
    if (KNOWN.stream().noneMatch(message::contains)) {
      throw new ChainFailure.Rejected(Rpc.describe(request, response.getError()));
    }
  }

  @Override
  public Optional<AnchorReceipt> receipt(String txHash) {
    Optional<AnchorReceipt> mined =
        rpc.ask(
            rpc.web3().ethGetTransactionReceipt(txHash),
            answer -> answer.getTransactionReceipt().map(r -> receipt(txHash, r)));
    return mined.map(r -> r.withHeight(blockNumber()));
  }

  private static AnchorReceipt receipt(String txHash, TransactionReceipt r) {
    return new AnchorReceipt(
        txHash,
        r.getBlockNumber().longValueExact(),
        r.getBlockHash(),
        r.isStatusOK(),
        r.getGasUsed().longValueExact(),
        1);
  }

  @Override
  public Optional<AnchoredEvent> findAnchored(String contract, long size) {
    long to = blockNumber();
    for (int window = 0; window < SEARCH_WINDOWS && to >= 0; window++) {
      long from = Math.max(0, to - SEARCH_WINDOW + 1);
      EthFilter filter = new EthFilter(block(from), block(to), contract);
      filter.addSingleTopic(Registry.ANCHORED).addSingleTopic(Registry.topic(size));
      Optional<AnchoredEvent> found =
          rpc.ask(
              rpc.web3().ethGetLogs(filter),
              r -> r.getLogs().stream().findFirst().map(l -> event(size, (Log) l.get())));
      if (found.isPresent()) {
        return found;
      }
      to = from - 1;
    }
    return Optional.empty();
  }

  private static AnchoredEvent event(long size, Log log) {
    byte[] words = bytes(log.getData(), 96);
    return new AnchoredEvent(
        size,
        Hash.of(words, 0),
        new BigInteger(1, words, 32, 32).longValueExact(),
        new BigInteger(1, words, 64, 32).longValueExact(),
        log.getTransactionHash(),
        log.getBlockNumber().longValueExact(),
        log.getBlockHash());
  }

  private Optional<TransactionReceipt> mined(String txHash) {
    return rpc.ask(rpc.web3().ethGetTransactionReceipt(txHash), r -> r.getTransactionReceipt());
  }

  private long blockNumber() {
    return rpc.ask(
        rpc.web3().ethBlockNumber(), (EthBlockNumber r) -> r.getBlockNumber().longValueExact());
  }

  /** Old nodes give the revert as a plain result: it has another length than the answer. */
  private byte[] call(String contract, String data, int length) {
    Transaction call = Transaction.createEthCallTransaction(key.address(), contract, data);
    String result =
        rpc.ask(
            rpc.web3().ethCall(call, DefaultBlockParameterName.LATEST),
            (EthCall r) -> present(r.getValue(), "result"));
    if (result.length() >= 10 && (result.length() - 10) % 64 == 0) {
      throw new ChainFailure.Reverted(result.substring(0, 10));
    }
    return bytes(result, length);
  }

  private SignedAnchor sign(String to, String data, long gas, long nonce) {
    RawTransaction transaction =
        settings.feeMode() instanceof FeeMode.LegacyZero
            ? RawTransaction.createTransaction(
                BigInteger.valueOf(nonce),
                BigInteger.ZERO,
                BigInteger.valueOf(gas),
                to,
                BigInteger.ZERO,
                data)
            : withFees(to, data, gas, nonce);
    byte[] signed =
        settings.feeMode() instanceof FeeMode.LegacyZero
            ? TransactionEncoder.signMessage(transaction, settings.chainId(), key.credentials())
            : TransactionEncoder.signMessage(transaction, key.credentials());
    String raw = Numeric.toHexString(signed);
    return new SignedAnchor(raw, org.web3j.crypto.Hash.sha3(raw), nonce);
  }

  private RawTransaction withFees(String to, String data, long gas, long nonce) {
    BigInteger fee = BigInteger.ZERO;
    BigInteger priority = BigInteger.ZERO;
    if (settings.feeMode() instanceof FeeMode.Market market) {
      fee = market.maxFeePerGas();
      priority = market.maxPriorityFeePerGas();
    }
    return RawTransaction.createTransaction(
        settings.chainId(),
        BigInteger.valueOf(nonce),
        BigInteger.valueOf(gas),
        to,
        BigInteger.ZERO,
        data,
        priority,
        fee);
  }

  private static DefaultBlockParameter block(long number) {
    return DefaultBlockParameter.valueOf(BigInteger.valueOf(number));
  }

  private static byte[] bytes(String hex, int length) {
    if (!hex.startsWith("0x") || hex.length() != 2 + 2 * length) {
      throw new ChainFailure.Unreachable("expected " + length + " bytes, got " + hex, null);
    }
    return HexFormat.of().parseHex(hex, 2, hex.length());
  }

  private static <T> T present(T value, String what) {
    return Optional.ofNullable(value)
        .orElseThrow(() -> new ChainFailure.Unreachable("the node gave no " + what, null));
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChainFailure.Unreachable("interrupted while waiting for the deployment", e);
    }
  }

  /** Ends web3j's threads. */
  @Override
  public void close() {
    rpc.close();
  }
}
