package witan.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AnvilProcessIT {
  private static final String FROM = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
  private static final String TO = "0x00000000000000000000000000000000000000aa";

  @TempDir Path dir;

  @BeforeEach
  void needsAnvil() {
    Path binary = AnvilProcess.defaultBinary();
    Assumptions.assumeTrue(
        Files.isExecutable(binary),
        "SKIPPED: no anvil at " + binary + "; run 'npm ci' in anchoring/chain");
  }

  @Test
  void chainAndIdentityAreBackAfterKill() {
    long begin = System.nanoTime();
    AnvilProcess.Options options;
    String genesis;
    String secondBlock;
    String transaction;
    try (AnvilProcess anvil = AnvilProcess.start(onlyOnDemand())) {
      System.out.printf("anvil start: %d ms%n", (System.nanoTime() - begin) / 1_000_000);
      options = anvil.options();
      genesis = anvil.genesisHash();
      assertEquals(0, anvil.blockNumber());
      pay(anvil);
      transaction = pay(anvil);
      anvil.dump();
      secondBlock = rpc(anvil).blockHash(2);
      pay(anvil);
      assertEquals(3, anvil.blockNumber());
      anvil.kill9();
      assertFalse(anvil.isAlive());
      assertThrows(ChildProcessException.class, anvil::blockNumber);
    }
    begin = System.nanoTime();
    try (AnvilProcess anvil = AnvilProcess.start(options)) {
      System.out.printf(
          "anvil restart from state: %d ms%n", (System.nanoTime() - begin) / 1_000_000);
      assertEquals(genesis, anvil.genesisHash());
      assertEquals(2, anvil.blockNumber(), "as of the last dump");
      assertEquals(secondBlock, rpc(anvil).blockHash(2));
      assertEquals(2, balance(anvil));
      assertEquals(
          "0x2", rpc(anvil).result("eth_getTransactionCount", "[\"" + FROM + "\",\"latest\"]"));
      assertEquals(secondBlock, rpc(anvil).receiptBlockHash(transaction));
      pay(anvil);
      assertEquals(3, anvil.blockNumber());
    }
  }

  @Test
  void aChainKilledBeforeAnyTransactionKeepsItsIdentity() {
    AnvilProcess.Options options;
    String genesis;
    try (AnvilProcess anvil = AnvilProcess.start(onlyOnDemand())) {
      options = anvil.options();
      genesis = anvil.genesisHash();
      anvil.kill9();
    }
    try (AnvilProcess anvil = AnvilProcess.start(options)) {
      assertEquals(genesis, anvil.genesisHash());
    }
  }

  /** Each load leaves a genesis of anvil's own in the next dump. */
  @Test
  void manyRestartsKeepTheIdentity() {
    AnvilProcess.Options options = onlyOnDemand();
    String genesis = "";
    for (int start = 0; start < 6; start++) {
      try (AnvilProcess anvil = AnvilProcess.start(options)) {
        options = anvil.options();
        genesis = start == 0 ? anvil.genesisHash() : genesis;
        assertEquals(genesis, anvil.genesisHash(), "start " + start);
        pay(anvil);
      }
    }
  }

  @Test
  void closeKeepsEverythingAndWipeMakesAnotherChain() {
    AnvilProcess.Options options;
    String genesis;
    try (AnvilProcess anvil = AnvilProcess.start(onlyOnDemand())) {
      options = anvil.options();
      genesis = anvil.genesisHash();
      pay(anvil);
      anvil.pause();
    }
    try (AnvilProcess anvil = AnvilProcess.start(options)) {
      assertEquals(1, anvil.blockNumber());
      anvil.wipe();
      String second = anvil.genesisHash();
      assertNotEquals(genesis, second);
      assertEquals(0, anvil.blockNumber());
      anvil.wipe();
      assertNotEquals(second, anvil.genesisHash(), "also within one second");
    }
  }

  @Test
  void stateIsDumpedInTheBackground() {
    try (AnvilProcess anvil =
        AnvilProcess.start(
            AnvilProcess.Options.at(dir.resolve("state")).withDumpEvery(Duration.ofMillis(50)))) {
      String transaction = pay(anvil);
      try (ChildProcess waiter =
          ChildProcess.start(
              "waiter",
              ChildProcess.Options.of(
                  dir.resolve("waiter.log"), java.util.List.of("/bin/sleep", "100")))) {
        waiter.awaitReady(
            () -> read(dir.resolve("state")).contains(transaction), Duration.ofSeconds(30));
      }
    }
  }

  @Test
  void refusesStateInUseAndStateThatIsBroken() throws IOException {
    try (AnvilProcess anvil = AnvilProcess.start(onlyOnDemand())) {
      var inUse =
          assertThrows(ChildProcessException.class, () -> AnvilProcess.start(onlyOnDemand()));
      assertTrue(
          inUse.getMessage().contains("in use by process " + anvil.pid()), inUse.getMessage());
    }
    Files.writeString(dir.resolve("state"), "{broken");
    var broken =
        assertThrows(ChildProcessException.class, () -> AnvilProcess.start(onlyOnDemand()));
    assertTrue(broken.getMessage().contains("ended with exit code"), broken.getMessage());
    assertEquals("{broken", read(dir.resolve("state")), "left for a person to look at");
  }

  private AnvilProcess.Options onlyOnDemand() {
    return AnvilProcess.Options.at(dir.resolve("state")).withDumpEvery(Duration.ZERO);
  }

  private static AnvilRpc rpc(AnvilProcess anvil) {
    return new AnvilRpc(anvil.rpcUri());
  }

  /** Returns when it is mined: anvil may answer before, also when it mines each transaction. */
  private static String pay(AnvilProcess anvil) {
    long paid = balance(anvil) + 1;
    String transaction =
        rpc(anvil)
            .result(
                "eth_sendTransaction",
                "[{\"from\":\"" + FROM + "\",\"to\":\"" + TO + "\",\"value\":\"0x1\"}]");
    for (int looks = 0; balance(anvil) < paid; looks++) {
      assertTrue(looks < 10_000, "never mined: " + transaction);
    }
    return transaction;
  }

  private static long balance(AnvilProcess anvil) {
    return Long.decode(rpc(anvil).result("eth_getBalance", "[\"" + TO + "\",\"latest\"]"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
