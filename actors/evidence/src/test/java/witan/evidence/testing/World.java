package witan.evidence.testing;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.IntUnaryOperator;
import witan.codec.bundle.Anchor;
import witan.codec.bundle.Bundle;
import witan.codec.bundle.BundleEntry;
import witan.codec.bundle.ChainIdentity;
import witan.codec.bundle.TrustFile;
import witan.codec.entry.Entry;
import witan.codec.event.Disclosure;
import witan.codec.event.Encoded;
import witan.codec.event.EventCodec;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.governance.Electorate;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.RegistryEvent;
import witan.evidence.BundleVerifier;
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
  public static final ChainIdentity CHAIN =
      new ChainIdentity(
          31_337, Council.HASHER.text("genesis"), new Address("0x" + "c0".repeat(20)));

  private static final EventCodec CODEC = new EventCodec();
  private static final int ANCHORED = 7;

  private final Council council;
  private final NoteSigner log;
  private IntUnaryOperator versions = index -> Entry.VERSION;

  public World(int salt) {
    this(Council.of(salt), NoteSigner.generate(ORIGIN, new SecureRandom()));
  }

  public World(Council council, NoteSigner log) {
    this.council = council;
    this.log = log;
  }

  public Council council() {
    return council;
  }

  public NoteSigner log() {
    return log;
  }

  public TrustFile trustFile(List<String> witnesses) {
    return new TrustFile(
        ORIGIN, log.key().vkey(), witnesses, CHAIN, Council.HASHER.charter(council.charter()));
  }

  public Trust trust() {
    return Trust.parse(trustFile(List.of()).bytes());
  }

  /** By the number in the log, from 0, of which version an entry is from now on. */
  public World logging(IntUnaryOperator versions) {
    this.versions = versions;
    return this;
  }

  /** One leaf of the log, and what to disclose of it. */
  private record Leaf(String entry, Optional<Disclosure> disclosure) {}

  /** A log of the founding, the case and others' entries between, and the bundle of the case. */
  public Bundle export(List<CaseEvent> events) {
    return export(events, List.of(council.founding(Story.START.minus(Duration.ofDays(30)))));
  }

  public Bundle export(List<CaseEvent> events, List<RegistryEvent> registry) {
    List<Leaf> leaves = new ArrayList<>();
    leaves.add(other(0));
    chain(leaves, "registry|council", registry, Set.of());
    leaves.add(other(1));
    int from = leaves.size();
    chain(leaves, "case|" + Story.CASE, events, Set.of("raw"));
    leaves.add(other(2));
    return bundle(leaves, from, council.electorate());
  }

  /** As {@link #export(List)}, of a registry that a vote changed after the founding. */
  public Bundle export(
      List<CaseEvent> events,
      List<RegistryEvent> registry,
      CaseId decided,
      List<CaseEvent> decision,
      Electorate electorate) {
    List<Leaf> members = new ArrayList<>();
    chain(members, "registry|council", registry, Set.of());
    List<Leaf> leaves = new ArrayList<>(members.subList(0, 1));
    chain(leaves, "case|" + decided, decision, Set.of("raw"));
    int changed = leaves.size();
    leaves.addAll(members.subList(1, members.size()));
    int from = leaves.size();
    chain(leaves, "case|" + Story.CASE, events, Set.of("raw"));
    Bundle all = bundle(leaves, from, electorate);
    List<BundleEntry> before = all.registry();
    List<BundleEntry> entries = new ArrayList<>(before.subList(0, 1));
    entries.addAll(before.subList(changed, from));
    return seal(
        new Bundle(
            all.caseId(),
            all.checkpoint(),
            entries,
            all.caseEntries(),
            List.of(before.subList(1, changed)),
            electorate,
            all.playbooks(),
            all.grants(),
            all.blastRadius(),
            all.anchor(),
            ""));
  }

  /** As {@link #export(List)}, with an entry of the registry that comes after the case. */
  public Bundle exportThenSettled(
      List<CaseEvent> events, RegistryEvent founding, RegistryEvent settled) {
    List<Leaf> members = new ArrayList<>();
    chain(members, "registry|council", List.of(founding, settled), Set.of());
    List<Leaf> leaves = new ArrayList<>(members.subList(0, 1));
    chain(leaves, "case|" + Story.CASE, events, Set.of("raw"));
    leaves.add(members.get(1));
    Bundle all = bundle(leaves, 1, council.electorate());
    int last = all.caseEntries().size() - 1;
    return seal(
        new Bundle(
            all.caseId(),
            all.checkpoint(),
            List.of(all.registry().get(0), all.caseEntries().get(last)),
            all.caseEntries().subList(0, last),
            all.decisions(),
            all.electorate(),
            all.playbooks(),
            all.grants(),
            all.blastRadius(),
            all.anchor(),
            ""));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static Leaf other(int number) {
    return new Leaf("another entry " + number, Optional.empty());
  }

  private void chain(
      List<Leaf> leaves, String pid, List<? extends DomainEvent> events, Set<String> withheld) {
    Digest prev = Digest.ZERO;
    Digest pol = null;
    long seq = 0;
    for (DomainEvent event : events) {
      if (event instanceof CaseEvent.VotingOpened e) {
        pol = Council.HASHER.policy(e.policy());
      }
      byte[] key = Council.HASHER.text(EventCodec.subjectOf(pid, event.getClass())).bytes();
      Encoded encoded = CODEC.encode(event, pid, ++seq, prev, pol, key);
      Disclosure disclosure = CODEC.disclose(encoded.entry(), encoded.sealedBody(), key, withheld);
      byte[] entry = of(versions.applyAsInt(leaves.size()), Entry.parse(encoded.entry())).bytes();
      prev = Entry.leafHash(entry);
      leaves.add(new Leaf(text(entry), Optional.of(disclosure)));
    }
  }

  private static Entry of(int version, Entry e) {
    return new Entry(
        version,
        e.type(),
        e.caseId(),
        e.pid(),
        e.seq(),
        e.prev(),
        e.at(),
        e.actor(),
        e.body(),
        e.pol());
  }

  private Bundle bundle(List<Leaf> leaves, int from, Electorate electorate) {
    List<Hash> hashes =
        leaves.stream().map(l -> Hashing.leaf(l.entry().getBytes(StandardCharsets.UTF_8))).toList();
    TileProver prover = prover(hashes);
    int size = hashes.size();
    List<BundleEntry> lines = new ArrayList<>();
    int registry = 0;
    for (int i = 0; i < size; i++) {
      Leaf leaf = leaves.get(i);
      if (leaf.disclosure().isPresent()) {
        registry += i < from ? 1 : 0;
        lines.add(
            new BundleEntry(
                i, leaf.entry(), digests(prover.inclusion(i, size)), leaf.disclosure().get()));
      }
    }
    return seal(
        new Bundle(
            Story.CASE,
            log.sign(new Checkpoint(ORIGIN, size, prover.root(size))),
            lines.subList(0, registry),
            lines.subList(registry, lines.size()),
            electorate,
            Council.PLAYBOOKS,
            anchor(prover, size),
            ""));
  }

  private static Anchor anchor(TileProver prover, int size) {
    return new Anchor(
        ANCHORED,
        Digest.of(prover.root(ANCHORED).bytes()),
        CHAIN.chainId(),
        CHAIN.genesisHash(),
        CHAIN.contract(),
        Council.HASHER.text("transaction"),
        123,
        Council.HASHER.text("block"),
        digests(prover.consistency(ANCHORED, size)));
  }

  private static TileProver prover(List<Hash> leaves) {
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

  private static List<Digest> digests(List<Hash> hashes) {
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

  public Report verify(Bundle bundle) {
    return verify(bundle, trust());
  }

  public static Report verify(Bundle bundle, Trust trust) {
    Report report = new Report("bundle");
    new BundleVerifier(trust, null).verify(Bundle.parse(bundle.bytes()), report);
    return report;
  }

  /** The bundle with other lines of the case, sealed again. */
  public Bundle withCase(Bundle b, List<BundleEntry> lines) {
    return seal(
        new Bundle(
            b.caseId(),
            b.checkpoint(),
            b.registry(),
            lines,
            b.electorate(),
            b.playbooks(),
            b.anchor(),
            ""));
  }

  public Bundle withAnchor(Bundle b, Anchor anchor) {
    return seal(
        new Bundle(
            b.caseId(),
            b.checkpoint(),
            b.registry(),
            b.caseEntries(),
            b.electorate(),
            b.playbooks(),
            anchor,
            ""));
  }
}
