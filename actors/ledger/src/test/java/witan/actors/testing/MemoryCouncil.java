package witan.actors.testing;

import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.BallotBuilder.aBallot;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import witan.actors.catalogue.PlaybookService;
import witan.actors.spi.ContentStore;
import witan.actors.spi.Entities;
import witan.actors.spi.EntryLog;
import witan.actors.spi.KeyTable;
import witan.actors.spi.StoredEntry;
import witan.actors.view.CaseLog;
import witan.actors.view.CatalogueLog;
import witan.actors.view.EntryDecoder;
import witan.actors.view.RegistryLog;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.codec.entry.Entry;
import witan.codec.event.Encoded;
import witan.codec.event.EventCodec;
import witan.codec.event.Family;
import witan.codec.event.OldEntries;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.api.Anchors;
import witan.domain.api.Answer;
import witan.domain.api.LogReads;
import witan.domain.api.Receipt;
import witan.domain.catalogue.CatalogueAggregate;
import witan.domain.common.Address;
import witan.domain.common.Aggregate;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.containment.ContainmentAggregate;
import witan.domain.containment.ContainmentEvent;
import witan.domain.containment.ContainmentState;
import witan.domain.detection.Alert;
import witan.domain.detection.Severity;
import witan.domain.governance.Assurance;
import witan.domain.governance.Ballot;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.intake.IntakeAggregate;
import witan.domain.notes.NotesAggregate;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Draft;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.Charter;
import witan.domain.registry.FounderSignature;
import witan.domain.registry.Key;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryState;
import witan.domain.registry.Seat;
import witan.domain.registry.SignedStatement;
import witan.domain.reputation.Verdict;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteSigner;
import witan.log.tile.TileProver;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;
import witan.signing.BallotSignatures;
import witan.signing.StatementSignatures;
import witan.signing.TypedData;

/**
 * A whole council in memory, with the real aggregates, codec, tree and signatures: the log, its
 * keys, its content and its entities. Not thread-safe beyond its lock.
 */
public final class MemoryCouncil implements EntryLog, KeyTable, ContentStore, Entities, LogReads {
  public static final String ID = "acme";
  public static final Eip712Domain DOMAIN =
      new Eip712Domain("Witan", "1", 1337, new Address("0x" + "cc".repeat(20)));
  public static final Instant START = Instant.parse("2026-11-23T01:00:00Z");

  /** Why members say what they say. */
  public static final String SAID = "looked at it";

  private final JcsContentHasher hasher = new JcsContentHasher();
  private final EventCodec codec = new EventCodec();
  private final Map<Digest, byte[]> contents = new HashMap<>();
  private final CaseAggregate cases =
      new CaseAggregate(hasher, this::electorate, new BallotSignatures());
  private final RegistryAggregate registries =
      new RegistryAggregate(hasher, new StatementSignatures());
  private final ContainmentAggregate containments = new ContainmentAggregate();
  private final CatalogueAggregate catalogues = PlaybookService.rules();
  private final Map<Family<?, ?>, Aggregate<?, ?, ?>> aggregates =
      Map.of(
          Family.CASE, cases,
          Family.REGISTRY, registries,
          Family.INTAKE, new IntakeAggregate(),
          Family.CATALOGUE, catalogues,
          Family.NOTES, new NotesAggregate(),
          Family.CONTAINMENT, containments);
  private final List<StoredEntry> entries = new ArrayList<>();
  private final Map<String, List<StoredEntry>> byPid = new HashMap<>();
  private final Map<String, Object> states = new HashMap<>();
  private final NoteSigner signer = NoteSigner.generate("witan.test/log", new SecureRandom());

  /** Moves only when a test moves it. */
  public volatile Instant now = START;

  /** Entries that the published checkpoint does not cover yet. */
  public volatile long unpublished;

  /** Entries of one read at most: it ends where a tile does, however many were asked for. */
  public volatile int pieces = Integer.MAX_VALUE;

  /** What is read of a pid is given when this is done; it is as it was when it was asked for. */
  public volatile CompletionStage<Void> reads = CompletableFuture.completedFuture(null);

  /** Asked before each command; an answer of its own is returned without a decision. */
  public volatile Function<Object, Optional<Answer<Receipt>>> before = c -> Optional.empty();

  /** Asked after each command was decided and logged: what the caller gets. */
  public volatile Function<Object, Optional<Answer<Receipt>>> after = c -> Optional.empty();

  /** Commands that never reach a decision, or whose answer never comes: where a caller dies. */
  public volatile Predicate<Object> hangBefore = c -> false;

  public volatile Predicate<Object> hangAfter = c -> false;
  public volatile CountDownLatch hanging = new CountDownLatch(1);

  /** Whether entries are logged as the release before logged them. */
  public volatile boolean old;

  public final List<Object> commands = new ArrayList<>();

  /** How often a case was read. */
  public final AtomicInteger casesRead = new AtomicInteger();

  public JcsContentHasher hasher() {
    return hasher;
  }

  public EventCodec codec() {
    return codec;
  }

  public CaseAggregate aggregate() {
    return cases;
  }

  public RegistryAggregate registryRules() {
    return registries;
  }

  public EntryDecoder decoder() {
    return new EntryDecoder(this, codec);
  }

  public CaseLog caseLog() {
    return new CaseLog(this, decoder(), cases);
  }

  public NoteSigner signer() {
    return signer;
  }

  /** {@link #commands}, for whoever reads while others tell. */
  public synchronized List<Object> told() {
    return List.copyOf(commands);
  }

  public synchronized CaseState state(CaseId caseId) {
    return (CaseState) states.getOrDefault(Family.CASE.pid(caseId), CaseState.EMPTY);
  }

  public synchronized RegistryState registryState() {
    return (RegistryState) states.getOrDefault("registry|" + ID, RegistryState.EMPTY);
  }

  // --- a council with three equal members

  public static byte[] key(int member) {
    byte[] key = new byte[32];
    key[31] = (byte) (member + 1);
    return key;
  }

  public static Address address(int member) {
    return new Address(Hex.of(Signatures.addressOf(key(member))));
  }

  public static Policy policy(Assurance assurance) {
    return aPolicy()
        .lateQuorumExtension(Duration.ofMinutes(1))
        .minimumHolding(Duration.ofDays(1))
        .assurance(assurance)
        .build();
  }

  public static Charter charter(Assurance assurance) {
    List<Seat> seats = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      seats.add(new Seat("m" + i, "org" + i, "analyst", address(i), BigInteger.valueOf(100)));
    }
    return new Charter(ID, "Acme", DOMAIN, seats, List.of(policy(assurance)));
  }

  /** As the founding command would, signed by the keys of this class that have seats. */
  public synchronized void found(Assurance assurance) {
    found(charter(assurance));
  }

  public synchronized void found(Charter charter) {
    RegistryEvent founded =
        new RegistryEvent.CouncilFounded(
            charter, hasher.charter(charter), signatures(charter), null, now);
    states.put("registry|" + ID, registries.apply(registries.empty(), founded));
    append("registry|" + ID, founded, null);
  }

  private List<FounderSignature> signatures(Charter charter) {
    List<FounderSignature> signatures = new ArrayList<>();
    for (Seat seat : charter.seats()) {
      byte[] key =
          IntStream.range(0, 255)
              .filter(i -> address(i).equals(seat.address()))
              .mapToObj(MemoryCouncil::key)
              .findFirst()
              .orElseThrow();
      byte[] digest =
          TypedData.foundingDigest(charter.domain(), hasher.charter(charter), seat.address());
      signatures.add(new FounderSignature(seat.address(), Hex.of(Signatures.sign(digest, key))));
    }
    return signatures;
  }

  public static Alert alert(String sensor, String id, String pod) {
    return anAlert()
        .sensor(sensor)
        .id(id)
        .severity(Severity.HIGH)
        .pod("eu-1", "shop", pod)
        .when(START)
        .raw(Digest.of(sha256(id)))
        .build();
  }

  /** Votes FOR option 0 with a real signature. */
  public Answer<Receipt> vote(CaseId caseId, int member, Support support) {
    return decide(caseId, new CaseCommand.CastVote(ballot(caseId, member, support), null));
  }

  /** FOR option 0, really signed. */
  public SignedBallot ballot(CaseId caseId, int member, Support support) {
    Ballot ballot =
        aBallot()
            .proposal(hasher.text(caseId.value()))
            .hash(state(caseId).voting().proposalHash())
            .voter(address(member))
            .votes(support)
            .deadline(now.plusSeconds(3600).getEpochSecond())
            .build();
    return sign(ballot, key(member));
  }

  /** That the step was done, or was not, for the same reason. */
  public SignedStatement confirmation(CaseId caseId, String step, boolean done, int member) {
    return sign(
        new MemberStatement.ConfirmStep(
            registryState().charterHash(),
            hasher().text(caseId.value()),
            hasher().text(step),
            done,
            hasher().text(SAID),
            address(member),
            nonce(member),
            now.getEpochSecond() + 600),
        member);
  }

  /** What the case turned out to be, for the same reason. */
  public SignedStatement verdict(CaseId caseId, Verdict verdict, int member) {
    return sign(
        new MemberStatement.Verdict(
            registryState().charterHash(),
            hasher().text(caseId.value()),
            verdict,
            hasher().text(SAID),
            address(member),
            nonce(member),
            now.getEpochSecond() + 600),
        member);
  }

  /** That containment is on again, for the same reason. */
  public SignedStatement containmentOn(int member) {
    return sign(
        new MemberStatement.ContainmentOn(
            registryState().charterHash(),
            Digest.ZERO,
            hasher().text(SAID),
            address(member),
            nonce(member),
            now.getEpochSecond() + 600),
        member);
  }

  private long nonce(int member) {
    Key key = registryState().keys().get(address(member));
    return key == null ? 1 : key.nonce() + 1;
  }

  private static SignedStatement sign(MemberStatement statement, int member) {
    byte[] digest = TypedData.digest(DOMAIN, statement);
    return new SignedStatement(statement, SAID, Hex.of(Signatures.sign(digest, key(member))));
  }

  /** That the execution ends early. */
  public SignedStatement abort(CaseId caseId, boolean undo, int member) {
    Key key = registryState().keys().get(address(member));
    MemberStatement statement =
        new MemberStatement.Abort(
            registryState().charterHash(),
            hasher().text(caseId.value()),
            undo,
            hasher().text("the wrong pod"),
            address(member),
            key == null ? 1 : key.nonce() + 1,
            now.getEpochSecond() + 600);
    byte[] digest = TypedData.digest(DOMAIN, statement);
    return new SignedStatement(
        statement, "the wrong pod", Hex.of(Signatures.sign(digest, key(member))));
  }

  public static SignedBallot sign(Ballot ballot, byte[] key) {
    byte[] digest = TypedData.digest(DOMAIN, ballot);
    return new SignedBallot(ballot, Hex.of(Signatures.sign(digest, key)));
  }

  /** A proposal that names that member, signed with the key. */
  public static SignedDraft sign(Draft draft, int proposer, long deadline, byte[] key) {
    SignedDraft unsigned = new SignedDraft(draft, address(proposer), 1, deadline, "");
    byte[] digest = TypedData.digest(DOMAIN, unsigned, new JcsContentHasher().draft(draft));
    String signature = Hex.of(Signatures.sign(digest, key));
    return new SignedDraft(draft, address(proposer), 1, deadline, signature);
  }

  // --- entities

  @Override
  public synchronized <C> CompletionStage<Answer<Receipt>> submit(
      Family<C, ?> family, String id, C command) {
    return answered(command, () -> decide(family.pid(id), aggregate(family), command));
  }

  @SuppressWarnings("unchecked") // each is put beside its own family
  private <C> Aggregate<?, C, ? extends DomainEvent> aggregate(Family<C, ?> family) {
    return (Aggregate<?, C, ? extends DomainEvent>) Objects.requireNonNull(aggregates.get(family));
  }

  /** Without the faults. */
  public synchronized Answer<Receipt> decide(CaseId caseId, CaseCommand command) {
    return decide(Family.CASE.pid(caseId), cases, command);
  }

  public RegistryLog registry() {
    return new RegistryLog(this, decoder(), registries, ID);
  }

  /** The catalogue of this council, shipped playbooks included. */
  public PlaybookService playbooks() {
    return new PlaybookService(new CatalogueLog(this, decoder(), catalogues, ID), this, this, ID);
  }

  private CompletionStage<Answer<Receipt>> answered(
      Object command, java.util.function.Supplier<Answer<Receipt>> decision) {
    commands.add(command);
    Optional<Answer<Receipt>> instead = before.apply(command);
    if (instead.isPresent()) {
      return CompletableFuture.completedFuture(instead.get());
    }
    if (hangBefore.test(command)) {
      hanging.countDown();
      return new CompletableFuture<>();
    }
    Answer<Receipt> answer = decision.get();
    if (hangAfter.test(command)) {
      hanging.countDown();
      return new CompletableFuture<>();
    }
    return CompletableFuture.completedFuture(after.apply(command).orElse(answer));
  }

  @SuppressWarnings("unchecked")
  private <S, C, E extends DomainEvent> Answer<Receipt> decide(
      String pid, Aggregate<S, C, E> aggregate, C command) {
    S state = (S) states.getOrDefault(pid, aggregate.empty());
    Decision<E> decision = aggregate.decide(state, command, now);
    if (decision instanceof Decision.Refused<E> refused) {
      return new Answer.Declined<>(refused.refusal());
    }
    if (decision instanceof Decision.Repeated<E> repeated) {
      return new Answer.Done<>(
          new Receipt(
              pid, repeated.seq(), byPid.get(pid).get((int) repeated.seq() - 1).index(), true));
    }
    if (decision instanceof Decision.Missing<E> missing) {
      return new Answer.Busy<>("content " + missing.content(), Duration.ofSeconds(1));
    }
    StoredEntry last = null;
    for (E event : ((Decision.Accepted<E>) decision).events()) {
      S next = aggregate.apply((S) states.getOrDefault(pid, aggregate.empty()), event);
      states.put(pid, next);
      last = append(pid, event, next instanceof CaseState c ? CaseAggregate.policyDigest(c) : null);
    }
    return new Answer.Done<>(new Receipt(pid, byPid.get(pid).size(), last.index(), false));
  }

  private StoredEntry append(String pid, DomainEvent event, Digest policy) {
    List<StoredEntry> mine = byPid.computeIfAbsent(pid, p -> new ArrayList<>());
    Digest prev = mine.isEmpty() ? Digest.ZERO : Entry.leafHash(mine.get(mine.size() - 1).entry());
    Encoded encoded =
        codec.encode(
            event,
            pid,
            mine.size() + 1,
            prev,
            policy,
            subjectKey(EventCodec.subjectOf(pid, event.getClass())));
    if (old) {
      byte[] key = subjectKey(EventCodec.subjectOf(pid, event.getClass()));
      encoded = OldEntries.of(Entry.OLD_VERSION, encoded, key);
    }
    StoredEntry stored = new StoredEntry(entries.size(), encoded.entry(), encoded.sealedBody());
    entries.add(stored);
    mine.add(stored);
    return stored;
  }

  /** What the rules make of it where no signature is looked at: a compromised node's decision. */
  public synchronized void forge(CaseId caseId, CaseCommand command) {
    Decision<CaseEvent> decision =
        new CaseAggregate(hasher, this::electorate, (domain, signed) -> signed.ballot().voter())
            .decide(state(caseId), command, now);
    ((Decision.Accepted<CaseEvent>) decision).events().forEach(event -> forge(caseId, event));
  }

  /** Logs an event that no command would lead to: what a compromised node might have logged. */
  public synchronized void forge(CaseId caseId, CaseEvent event) {
    String pid = Family.CASE.pid(caseId);
    CaseState next = cases.apply(state(caseId), event);
    states.put(pid, next);
    append(pid, event, CaseAggregate.policyDigest(next));
  }

  /** The same of the registry. */
  public synchronized void forge(RegistryEvent event) {
    String pid = "registry|" + ID;
    states.put(pid, registries.apply(registryState(), event));
    append(pid, event, null);
  }

  /** The same of the council's containments. */
  public synchronized void forge(ContainmentEvent event) {
    String pid = "containment|" + ID;
    ContainmentState before = (ContainmentState) states.getOrDefault(pid, ContainmentState.EMPTY);
    states.put(pid, containments.apply(before, event));
    append(pid, event, null);
  }

  // --- log, keys, content

  @Override
  public synchronized CompletionStage<List<StoredEntry>> ofPid(String pid, long fromSeq) {
    if (pid.startsWith("case|")) {
      casesRead.incrementAndGet();
    }
    List<StoredEntry> mine = byPid.getOrDefault(pid, List.of());
    int from = (int) Math.min(mine.size(), fromSeq - 1);
    List<StoredEntry> page = List.copyOf(mine.subList(from, mine.size()));
    return reads.thenApply(done -> page);
  }

  @Override
  public synchronized CompletionStage<List<StoredEntry>> from(long index, int max) {
    int to = (int) Math.min(size(), index + Math.min(max, pieces));
    return CompletableFuture.completedFuture(
        index >= to ? List.of() : List.copyOf(entries.subList((int) index, to)));
  }

  @Override
  public CompletionStage<Long> publishedSize() {
    return CompletableFuture.completedFuture(size());
  }

  public synchronized long size() {
    return entries.size() - unpublished;
  }

  private static byte[] subjectKey(String subject) {
    return sha256("key of " + subject);
  }

  @Override
  public CompletionStage<byte[]> keyFor(String subject) {
    return CompletableFuture.completedFuture(subjectKey(subject));
  }

  @Override
  public CompletionStage<Optional<byte[]>> existing(String subject) {
    return CompletableFuture.completedFuture(Optional.of(subjectKey(subject)));
  }

  @Override
  public synchronized CompletionStage<Digest> put(byte[] canonicalJson) {
    Digest digest = Digest.of(sha256(canonicalJson));
    contents.put(digest, canonicalJson);
    return CompletableFuture.completedFuture(digest);
  }

  @Override
  public synchronized CompletionStage<Optional<byte[]>> get(Digest digest) {
    return CompletableFuture.completedFuture(Optional.ofNullable(contents.get(digest)));
  }

  public synchronized void replaceContent(Digest digest, byte[] bytes) {
    contents.put(digest, bytes);
  }

  private synchronized Electorate electorate(Digest digest) {
    byte[] json = contents.get(digest);
    return json == null ? null : Json.read(Electorate.class, json);
  }

  // --- reads for anybody

  private synchronized List<Hash> leaves(long size) {
    return entries.subList(0, (int) size).stream().map(e -> Hashing.leaf(e.entry())).toList();
  }

  private TileProver prover(long size) {
    List<Hash> leaves = leaves(size);
    return new TileProver(
        id -> {
          List<Hash> hashes = new ArrayList<>();
          int span = 1 << (8 * id.level());
          for (int i = 0; i < id.width(); i++) {
            int at = (int) (id.index() * 256 + i) * span;
            hashes.add(Frontier.EMPTY.appendAll(leaves.subList(at, at + span)).root());
          }
          return hashes;
        });
  }

  public Hash root(long size) {
    return Frontier.EMPTY.appendAll(leaves(size)).root();
  }

  @Override
  public CompletionStage<String> checkpoint() {
    long size = size();
    return CompletableFuture.completedFuture(
        signer.sign(new Checkpoint("witan.test/log", size, root(size))));
  }

  @Override
  public CompletionStage<String> checkpointCovering(long index) {
    return checkpoint();
  }

  @Override
  public synchronized CompletionStage<Optional<byte[]>> entry(long index) {
    return CompletableFuture.completedFuture(
        index < size() ? Optional.of(entries.get((int) index).entry()) : Optional.empty());
  }

  @Override
  public CompletionStage<Optional<List<Digest>>> inclusion(long index, long size) {
    return CompletableFuture.completedFuture(
        Optional.of(digests(prover(size).inclusion(index, size))));
  }

  @Override
  public CompletionStage<Optional<List<Digest>>> consistency(long size1, long size2) {
    return CompletableFuture.completedFuture(
        Optional.of(digests(prover(size2).consistency(size1, size2))));
  }

  @Override
  public CompletionStage<Optional<byte[]>> tile(int level, long index, int width) {
    byte[] bytes = new byte[width * Hash.LENGTH];
    int span = 1 << (8 * level);
    List<Hash> leaves = leaves(size());
    for (int i = 0; i < width; i++) {
      int at = (int) (index * 256 + i) * span;
      Frontier.EMPTY.appendAll(leaves.subList(at, at + span)).root().copyTo(bytes, i * Hash.LENGTH);
    }
    return CompletableFuture.completedFuture(Optional.of(bytes));
  }

  @Override
  public CompletionStage<Optional<byte[]>> entries(long index, int width) {
    throw new UnsupportedOperationException("no test reads bundles");
  }

  private static List<Digest> digests(List<Hash> hashes) {
    return hashes.stream().map(h -> new Digest(h.hex())).toList();
  }

  public static Anchors anchors(Anchors.Status status) {
    return new Anchors() {
      @Override
      public Status status() {
        return status;
      }

      @Override
      public CompletionStage<Anchored> covering(long index) {
        return new CompletableFuture<>();
      }
    };
  }

  public static byte[] sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
