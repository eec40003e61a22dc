package witan.actors.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.actors.view.EntryDecoder;
import witan.actors.view.RegistryLog;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.codec.content.ElectorateJson;
import witan.codec.event.EventCodec;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.dev.CassandraProcess;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.proposal.Electorates;
import witan.domain.proposal.Snapshot;
import witan.domain.registry.Charter;
import witan.domain.registry.Delegation;
import witan.domain.registry.FounderSignature;
import witan.domain.registry.LogPlace;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryLimits;
import witan.domain.registry.RegistryState;
import witan.domain.registry.Seat;
import witan.domain.registry.SignedDelegation;
import witan.log.checkpoint.NoteSigner;
import witan.signing.TypedData;

/**
 * A registry on a real Cassandra: the largest founding, changes in batches, a statement, a new
 * node.
 */
class RegistryIT {
  private static final int BATCHES = 5;
  private static final Eip712Domain DOMAIN =
      new Eip712Domain("Witan", "1", 1337, new Address("0x" + "cc".repeat(20)));

  @TempDir Path dir;

  private final RegistryCommand delegation =
      delegation(Instant.now().plus(Duration.ofDays(100)).getEpochSecond());
  private final NoteSigner signer = NoteSigner.generate("witan.example/log", new SecureRandom());

  @Test
  void growsFromTheLargestFoundingAndIsTheSameOnTheNextNode() throws Exception {
    try (CassandraProcess cassandra = CassandraProcess.start(CassandraProcess.Options.in(dir))) {
      RegistryState grown;
      Receipt delegated;
      try (TestNode node = new TestNode(cassandra.contactPoint(), signer)) {
        submit(node, founding());
        for (int batch = 1; batch <= BATCHES; batch++) {
          submit(node, admit(batch));
        }
        delegated = submit(node, delegation);
        grown = state(node);
        assertEquals((BATCHES + 1) * RegistryLimits.MAX_SEATS, grown.members().size());
        assertTrue(submit(node, delegation).repeated());
      }
      try (TestNode next = new TestNode(cassandra.contactPoint(), signer)) {
        Receipt again = submit(next, delegation);
        assertEquals(delegated.index(), again.index());
        assertTrue(again.repeated());
        assertEquals(grown, state(next));
        snapshot(next);
        assertEquals(0, next.runtime.counters().alarms.sum());
      }
    }
  }

  private static void snapshot(TestNode node) throws Exception {
    RegistryLog log =
        new RegistryLog(
            node.runtime.entries(),
            new EntryDecoder(node.runtime.keys(), new EventCodec()),
            node.runtime.registryRules(),
            "witan");
    long size = get(node.runtime.entries().publishedSize());
    RegistryHistory history = get(log.before(size - 1)).orElseThrow();
    Electorate electorate =
        Electorates.asOf(
                history,
                Snapshot.now(new LogPlace(size, Instant.now())),
                Duration.ZERO,
                Weighting.SQRT,
                3_300,
                Urgency.URGENT)
            .orElseThrow();
    assertEquals((BATCHES + 1) * RegistryLimits.MAX_SEATS, electorate.electors().size());
    assertEquals(1, electorate.delegators(address(2)).size());
    Digest digest = get(node.runtime.content().put(Json.canonical(electorate)));
    assertEquals(electorate, get(node.runtime.councils().electorate(digest)).orElseThrow());
    assertEquals(electorate, ElectorateJson.read(Json.canonical(electorate)));
  }

  private static RegistryState state(TestNode node) throws Exception {
    // What is cached may be a second old.
    Instant until = Instant.now().plusSeconds(30);
    RegistryState state = get(node.runtime.councils().current()).orElseThrow();
    while (state.seq() < BATCHES + 2 && Instant.now().isBefore(until)) {
      Thread.onSpinWait();
      state = get(node.runtime.councils().current()).orElseThrow();
    }
    return state;
  }

  private static Receipt submit(TestNode node, RegistryCommand command) throws Exception {
    for (int i = 0; i < 100; i++) {
      Answer<Receipt> answer = get(node.runtime.councils().submit(command));
      if (answer instanceof Answer.Done<Receipt> done) {
        return done.value();
      }
      assertInstanceOf(Answer.Busy.class, answer, answer.toString());
    }
    throw new AssertionError("always busy");
  }

  private static Charter charter() {
    return new Charter("witan", "The council", DOMAIN, seats(0), List.of(policy()));
  }

  private static RegistryCommand founding() {
    Charter charter = charter();
    Digest hash = new JcsContentHasher().charter(charter);
    List<FounderSignature> signatures =
        IntStream.rangeClosed(1, charter.seats().size()).mapToObj(n -> founder(hash, n)).toList();
    return new RegistryCommand.FoundCouncil(charter, signatures, null);
  }

  private static FounderSignature founder(Digest charterHash, int n) {
    byte[] digest = TypedData.foundingDigest(DOMAIN, charterHash, address(n));
    return new FounderSignature(address(n), Hex.of(Signatures.sign(digest, key(n))));
  }

  private static RegistryCommand admit(int batch) {
    return new RegistryCommand.ApplyChange(
        new CaseId("change-" + batch), Digest.ZERO, new RegistryChange.AdmitMembers(seats(batch)));
  }

  /** The largest there may be: the names of the first batch have a hundred characters each. */
  private static List<Seat> seats(int batch) {
    List<Seat> seats = new ArrayList<>();
    for (int i = 1; i <= RegistryLimits.MAX_SEATS; i++) {
      int n = batch * RegistryLimits.MAX_SEATS + i;
      String fill = "x".repeat(batch == 0 ? 94 : 4);
      seats.add(
          new Seat(
              String.format("%s%06d", fill, n),
              String.format("%s%06d", fill, n % 37),
              "analyst",
              address(n),
              BigInteger.ONE.shiftLeft(120).add(BigInteger.valueOf(n))));
    }
    return seats;
  }

  private static byte[] key(int n) {
    byte[] key = new byte[32];
    key[30] = (byte) (n >>> 8);
    key[31] = (byte) n;
    return key;
  }

  private static Address address(int n) {
    return new Address(Hex.of(Signatures.addressOf(key(n))));
  }

  private static RegistryCommand delegation(long expiry) {
    Delegation d =
        new Delegation(
            new JcsContentHasher().charter(charter()),
            address(1),
            address(2),
            Digest.ZERO,
            1,
            expiry);
    return new RegistryCommand.Delegate(
        new SignedDelegation(d, Hex.of(Signatures.sign(TypedData.digest(DOMAIN, d), key(1)))));
  }

  private static Policy policy() {
    return aPolicy()
        .lateQuorumExtension(Duration.ofMinutes(1))
        .minimumHolding(Duration.ofDays(1))
        .build();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(120, TimeUnit.SECONDS);
  }
}
