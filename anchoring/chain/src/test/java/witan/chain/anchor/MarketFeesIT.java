package witan.chain.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.dev.AnvilProcess;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

class MarketFeesIT {
  private static final Hash LOG_ID = Hashing.sha256(new byte[] {1});

  @TempDir Path folder;

  @Test
  void onAPricedChainFeesArePaidAndTheWrongModeIsRejected() {
    AnvilProcess.Options options =
        new AnvilProcess.Options(
            folder.resolve("state.json"), 0, Anvil.CHAIN_ID, 0, false, Duration.ZERO, null, true);
    BigInteger gwei = BigInteger.TEN.pow(9);
    FeeMode market = new FeeMode.Market(gwei.multiply(BigInteger.TEN), gwei);
    AnvilProcess anvil = AnvilProcess.start(options);
    try (Web3jAnchorChain rich = Anvil.chain(anvil.rpcUri(), Anvil.FUNDED, market);
        Web3jAnchorChain poor = Anvil.chain(anvil.rpcUri(), Anvil.POOR, market);
        Web3jAnchorChain free =
            Anvil.chain(anvil.rpcUri(), Anvil.FUNDED, new FeeMode.FreeLondon())) {
      String contract = rich.deploy(LOG_ID);
      AnchorRequest first = new TestLog(5, 0).request(0, 5);
      Anvil.sendAndMine(anvil.rpcUri(), rich, rich.prepare(contract, first, rich.nonce()));
      assertEquals(5, rich.current(contract).size());
      assertThrows(ChainFailure.Rejected.class, () -> poor.deploy(LOG_ID));
      assertThrows(ChainFailure.Rejected.class, () -> free.deploy(LOG_ID));
    } finally {
      anvil.kill9();
    }
  }
}
