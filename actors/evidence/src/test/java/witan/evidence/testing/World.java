package witan.evidence.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.ToIntBiFunction;
import witan.codec.bundle.Anchor;
import witan.codec.bundle.Bundle;
import witan.codec.bundle.BundleEntry;
import witan.codec.bundle.TrustFile;
import witan.codec.bundle.TrustedChain;
import witan.codec.entry.Entry;
import witan.codec.event.Disclosure;
import witan.codec.event.Encoded;
import witan.codec.event.EventCodec;
import witan.codec.event.OldEntries;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.Electorate;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.RegistryEvent;
import witan.evidence.AnchorLook;
import witan.evidence.BundleVerifier;
import witan.evidence.CheckFailed;
import witan.evidence.Trust;
import witan.evidence.report.Report;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteSigner;
import witan.log.proof.TlogProof;
import witan.log.tile.TileId;
import witan.log.tile.TileProver;
import witan.log.tile.Tiles;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * A council, its log and its key, and the bundles they export. What the council logs can be a lie:
 * the log proves it all the same.
 */
public final class World {
  public static final String ORIGIN = "witan.example/council";
  public static final TrustedChain CHAIN =
      new TrustedChain(31_337, Council.HASHER.text("genesis"), new Address("0x" + "c0".repeat(20)));

  private static final EventCodec CODEC = new EventCodec();

  private final Council council;
  private final NoteSigner log;
  private final NoteSigner executor = NoteSigner.generate(ORIGIN + "/executor", new SecureRandom());
  private ToIntBiFunction<String, Long> versions = (pid, seq) -> Entry.VERSION;
  private final Map<Long, Digest> onChain = new HashMap<>();
  private List<JsonNode> playbooks = Council.PLAYBOOKS;
  private BlastRadius radius;

  public World(int salt) {
    this(Council.of(salt), NoteSigner.generate(ORIGIN, new SecureRandom()));
  }

  public World(Council council, NoteSigner log) {
    this.council = council;
    this.log = log;
  }

  /** Of what is exported from now on. */
  public World with(List<JsonNode> books, BlastRadius tried) {
    playbooks = books;
    radius = tried;
    return this;
  }

  public Council council() {
    return council;
  }

  public NoteSigner log() {
    return log;
  }

  public TrustFile trustFile(List<String> witnesses) {
    return trustFile(witnesses, CHAIN);
  }

  public TrustFile trustFile(List<String> witnesses, TrustedChain chain) {
    return new TrustFile(
        ORIGIN,
        log.key().vkey(),
        witnesses,
        chain,
        Council.HASHER.charter(council.charter()),
        null,
        List.of(executor.key().vkey()));
  }

  public Trust trust() {
    return Trust.parse(trustFile(List.of()).bytes());
  }

  /** By pid and number, of which version an entry is from now on. */
  public World logging(ToIntBiFunction<String, Long> versions) {
    this.versions = versions;
    return this;
  }

  /** One leaf of the log, and what to disclose of it. */
  record Leaf(String pid, String entry, Optional<Disclosure> disclosure) {}

  /** A log of the founding, the case and others' entries between, and the bundle of the case. */
  public Bundle export(List<CaseEvent> events) {
    return export(events, List.of(founding()));
  }

  public RegistryEvent.CouncilFounded founding() {
    return council.founding(Story.START.minus(Duration.ofDays(30)));
  }

  /** A statement of a member which comes when the case is open: it shows the registry's end. */
  public RegistryEvent later() {
    long expiry = Story.START.plus(Duration.ofDays(90)).getEpochSecond();
    return new RegistryEvent.Delegated(
        council.delegation(0, 3, expiry, 0), Story.START.plusSeconds(30));
  }

  /** And a registry that goes on when the case is open. */
  public Bundle export(List<CaseEvent> events, List<RegistryEvent> registry) {
    List<RegistryEvent> all = new ArrayList<>(registry);
    all.add(later());
    return export(events, all, registry.size());
  }

  /**
   * And a registry of which so many entries come before the case.
   *
   * @param before the others come right after its first entry
   */
  public Bundle export(List<CaseEvent> events, List<RegistryEvent> registry, int before) {
    return bundle(logged(events, registry, before, List.of()), council.electorate());
  }

  /**
   * And a registry of which the founding comes before the case.
   *
   * @param at so many entries of the case come before the rest of the registry
   * @param afterwards of the registry, when the case is whole
   */
  public Bundle exportSaid(
      List<CaseEvent> events, List<RegistryEvent> registry, int at, RegistryEvent... afterwards) {
    List<RegistryEvent> all = new ArrayList<>(registry);
    all.add(later());
    all.addAll(List.of(afterwards));
    List<Leaf> members = chain("registry|council", all, Set.of());
    List<Leaf> whole = chain("case|" + Story.CASE, signed(events), Set.of("raw"));
    List<Leaf> leaves = new ArrayList<>(List.of(other(0), members.get(0)));
    leaves.addAll(whole.subList(0, at));
    leaves.addAll(members.subList(1, members.size() - afterwards.length));
    leaves.addAll(whole.subList(at, whole.size()));
    leaves.addAll(members.subList(members.size() - afterwards.length, members.size()));
    leaves.add(other(1));
    return bundle(leaves, council.electorate());
  }

  /** A case that a member aborted, whose statement the registry recorded right before. */
  public Bundle exportAborted(List<CaseEvent> events) {
    CaseEvent.AbortRequested abort =
        events.stream()
            .filter(CaseEvent.AbortRequested.class::isInstance)
            .map(CaseEvent.AbortRequested.class::cast)
            .findFirst()
            .orElseThrow();
    RegistryEvent recorded =
        new RegistryEvent.StatementRecorded(
            Story.CASE, abort.said().signed(), "member1", abort.at());
    return exportSaid(events, List.of(founding(), recorded), events.indexOf(abort));
  }

  List<CaseEvent> signed(List<CaseEvent> events) {
    return ExecutorSigned.events(council, events, executor);
  }

  private List<Leaf> logged(
      List<CaseEvent> events, List<RegistryEvent> registry, int before, List<Leaf> decision) {
    List<Leaf> members = chain("registry|council", registry, Set.of());
    List<Leaf> whole = chain("case|" + Story.CASE, signed(events), Set.of("raw"));
    List<Leaf> leaves = new ArrayList<>(List.of(other(0)));
    leaves.addAll(members.subList(0, Math.min(1, before)));
    leaves.addAll(decision);
    leaves.addAll(members.subList(Math.min(1, before), before));
    leaves.add(other(1));
    leaves.add(whole.get(0));
    leaves.addAll(members.subList(before, members.size()));
    leaves.addAll(whole.subList(1, whole.size()));
    leaves.add(other(2));
    return leaves;
  }

  /** The same log, of which so many entries are anchored. */
  public Bundle anchoredAt(Bundle bundle, List<CaseEvent> events, long anchored) {
    List<RegistryEvent> registry = List.of(founding(), later());
    List<Hash> hashes =
        logged(events, registry, 1, List.of()).stream()
            .map(l -> Hashing.leaf(l.entry().getBytes(StandardCharsets.UTF_8)))
            .toList();
    return withAnchor(bundle, anchor(prover(hashes), (int) anchored, hashes.size()));
  }

  /** As {@link #export(List)}, of a registry that a vote changed after the founding. */
  public Bundle export(
      List<CaseEvent> events,
      List<RegistryEvent> registry,
      CaseId decided,
      List<CaseEvent> decision,
      Electorate electorate) {
    List<RegistryEvent> all = new ArrayList<>(registry);
    all.add(later());
    List<Leaf> decides = chain("case|" + decided, decision, Set.of("raw"));
    return bundle(logged(events, all, registry.size(), decides), electorate);
  }

  /** As {@link #export(List, List)}, of a registry that gives other weights than the founding. */
  public Bundle export(
      List<CaseEvent> events, List<RegistryEvent> registry, Electorate electorate) {
    List<RegistryEvent> all = new ArrayList<>(registry);
    all.add(later());
    return bundle(logged(events, all, registry.size(), List.of()), electorate);
  }

  /** As {@link #export(List)}, with another case before it, which the bundle takes along. */
  public Bundle exportBeside(List<CaseEvent> events, CaseId other, List<CaseEvent> others) {
    return export(events, List.of(founding()), other, others, council.electorate());
  }

  /** As {@link #export(List)}, with entries of the registry that come after the case. */
  public Bundle exportThenSettled(
      List<CaseEvent> events, RegistryEvent founding, RegistryEvent... settled) {
    List<RegistryEvent> registry = new ArrayList<>(List.of(settled));
    registry.add(0, founding);
    List<Leaf> members = chain("registry|council", registry, Set.of());
    List<Leaf> leaves = new ArrayList<>(members.subList(0, 1));
    leaves.addAll(chain("case|" + Story.CASE, signed(events), Set.of("raw")));
    leaves.addAll(members.subList(1, members.size()));
    leaves.add(other(0));
    return bundle(leaves, council.electorate());
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  static Leaf other(int number) {
    return new Leaf("", "another entry " + number, Optional.empty());
  }

  List<Leaf> chain(String pid, List<? extends DomainEvent> events, Set<String> withheld) {
    List<Leaf> leaves = new ArrayList<>();
    Digest prev = Digest.ZERO;
    Digest pol = null;
    long seq = 0;
    for (DomainEvent event : events) {
      if (event instanceof CaseEvent.VotingOpened e) {
        pol = Council.HASHER.policy(e.policy());
      }
      byte[] key = Council.HASHER.text(EventCodec.subjectOf(pid, event.getClass())).bytes();
      Encoded encoded = CODEC.encode(event, pid, ++seq, prev, pol, key);
      int version = versions.applyAsInt(pid, seq);
      if (version < Entry.VERSION) {
        encoded = OldEntries.of(version, encoded, key);
      }
      Disclosure disclosure = CODEC.disclose(encoded.entry(), encoded.sealedBody(), key, withheld);
      byte[] entry = encoded.entry();
      prev = encoded.hash();
      leaves.add(new Leaf(pid, text(entry), Optional.of(disclosure)));
    }
    return leaves;
  }

  private Bundle bundle(List<Leaf> leaves, Electorate electorate) {
    List<Hash> hashes =
        leaves.stream().map(l -> Hashing.leaf(l.entry().getBytes(StandardCharsets.UTF_8))).toList();
    TileProver prover = prover(hashes);
    int size = hashes.size();
    Map<String, List<BundleEntry>> byPid = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      Leaf leaf = leaves.get(i);
      if (leaf.disclosure().isPresent()) {
        byPid
            .computeIfAbsent(leaf.pid(), pid -> new ArrayList<>())
            .add(
                new BundleEntry(
                    i, leaf.entry(), digests(prover.inclusion(i, size)), leaf.disclosure().get()));
      }
    }
    List<BundleEntry> registry = byPid.remove("registry|council");
    List<BundleEntry> own = byPid.remove("case|" + Story.CASE);
    boolean voted = own.stream().anyMatch(line -> line.entry().contains("\"VotingOpened\""));
    return seal(
        new Bundle(
            Story.CASE,
            log.sign(new Checkpoint(ORIGIN, size, prover.root(size))),
            registry,
            own,
            List.copyOf(byPid.values()),
            electorate,
            voted ? playbooks : List.of(),
            List.of(),
            radius,
            anchor(prover, size - 1, size),
            ""));
  }

  /** The chain has it from now on. */
  Anchor anchor(TileProver prover, int anchored, int size) {
    Digest root = Digest.of(prover.root(anchored).bytes());
    onChain.put((long) anchored, root);
    return new Anchor(
        anchored,
        root,
        CHAIN.chainId(),
        CHAIN.genesisHash(),
        CHAIN.contract(),
        Council.HASHER.text("transaction"),
        123,
        Council.HASHER.text("block"),
        digests(prover.consistency(anchored, size)));
  }

  /** A node of the chain: it knows what was anchored by this world. */
  public AnchorLook chain() {
    return (chain, origin, anchor) -> {
      CheckFailed.unless(
          anchor.root().equals(onChain.get(anchor.size())), "the chain has no such anchor");
      return anchor.size() + " entries are anchored";
    };
  }

  static TileProver prover(List<Hash> leaves) {
    SortedMap<TileId, List<Hash>> tiles =
        Tiles.grow(
            id -> {
              throw new AssertionError(id);
            },
            0,
            leaves);
    List<Hash> only = tiles.get(tiles.firstKey());
    return new TileProver(id -> only.subList(0, id.width()));
  }

  static List<Digest> digests(List<Hash> hashes) {
    return hashes.stream().map(h -> Digest.of(h.bytes())).toList();
  }

  /** What a log does that exports these bytes, be they true or not. */
  public Bundle seal(Bundle bundle) {
    return bundle.withSeal(log.seal(Hashing.sha256(bundle.content())));
  }

  public static TlogProof proof(Bundle bundle, BundleEntry line) {
    return new TlogProof(
        Optional.empty(),
        line.index(),
        line.proof().stream().map(d -> Hash.of(d.bytes())).toList(),
        bundle.checkpoint());
  }

  /** With the chain at hand. */
  public Report verify(Bundle bundle) {
    return verify(bundle, trust(), chain());
  }

  public static Report verify(Bundle bundle, Trust trust, AnchorLook chain) {
    Report report = new Report("bundle");
    new BundleVerifier(trust, chain).verify(Bundle.parse(bundle.bytes()), report);
    return report;
  }

  /** The bundle with other lines of the case, sealed again. */
  public Bundle withCase(Bundle b, List<BundleEntry> lines) {
    return rebuilt(b, b.checkpoint(), b.registry(), lines, b.decisions(), b.anchor());
  }

  public Bundle withRegistry(Bundle b, List<BundleEntry> lines) {
    return rebuilt(b, b.checkpoint(), lines, b.caseEntries(), b.decisions(), b.anchor());
  }

  public Bundle withDecisions(Bundle b, List<List<BundleEntry>> decisions) {
    return rebuilt(b, b.checkpoint(), b.registry(), b.caseEntries(), decisions, b.anchor());
  }

  public Bundle withAnchor(Bundle b, Anchor anchor) {
    return rebuilt(b, b.checkpoint(), b.registry(), b.caseEntries(), b.decisions(), anchor);
  }

  public Bundle withCheckpoint(Bundle b, String note) {
    return rebuilt(b, note, b.registry(), b.caseEntries(), b.decisions(), b.anchor());
  }

  private Bundle rebuilt(
      Bundle b,
      String checkpoint,
      List<BundleEntry> registry,
      List<BundleEntry> lines,
      List<List<BundleEntry>> decisions,
      Anchor anchor) {
    return seal(
        new Bundle(
            b.caseId(),
            checkpoint,
            registry,
            lines,
            decisions,
            b.electorate(),
            b.playbooks(),
            b.grants(),
            b.blastRadius(),
            anchor,
            ""));
  }
}
