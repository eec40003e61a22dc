package witan.evidence.testing;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import witan.codec.bundle.Bundle;
import witan.codec.bundle.BundleEntry;
import witan.codec.bundle.TrustFile;
import witan.domain.adoption.AdoptionEvent;
import witan.domain.adoption.SignedAdoption;
import witan.domain.common.Digest;
import witan.domain.common.LogIndex;
import witan.domain.common.Person;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.AdoptLog;
import witan.domain.registry.RegistryEvent;
import witan.evidence.Trust;
import witan.evidence.report.Report;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteSigner;
import witan.log.tile.TileProver;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;
import witan.signing.TypedData;

/** A world whose log was adopted: what its second generation holds, and bundles of it. */
public final class AdoptedWorld {
  public static final String ORIGIN = World.ORIGIN + "/g1";
  private static final String REASON = "The disk burnt down";

  private final World world;
  private final NoteSigner log = NoteSigner.generate(ORIGIN, new SecureRandom());

  public AdoptedWorld(World world) {
    this.world = world;
  }

  public NoteSigner log() {
    return log;
  }

  /** That follows. */
  public TrustFile trustFile() {
    TrustFile old = world.trustFile(List.of());
    return new TrustFile(
        old.origin(),
        old.logKey(),
        old.witnesses(),
        old.chain(),
        old.charterHash(),
        null,
        old.executors(),
        null,
        List.of(log.key().vkey()));
  }

  /** Agreed to by those members, signed by their own keys. */
  public AdoptionEvent.LogAdopted signedBy(AdoptionEvent.LogAdopted e, int... members) {
    return with(e, IntStream.of(members).mapToObj(m -> statement(e, m, m, 1)).toList());
  }

  public static AdoptionEvent.LogAdopted with(
      AdoptionEvent.LogAdopted e, List<SignedAdoption> statements) {
    return new AdoptionEvent.LogAdopted(
        e.origin(),
        e.oldOrigin(),
        e.oldSize(),
        e.oldRoot(),
        e.lost(),
        e.reason(),
        statements,
        e.by(),
        e.at(),
        e.person());
  }

  /** Of that member, whoever signs. */
  public SignedAdoption statement(AdoptionEvent.LogAdopted e, int member, int signer, long nonce) {
    AdoptLog said =
        new AdoptLog(
            world.council().charterHash(),
            e.oldSize(),
            e.oldRoot(),
            Council.HASHER.text(e.origin()),
            Council.HASHER.text(e.reason()),
            world.council().address(member),
            nonce,
            e.at().plus(Duration.ofDays(1)).getEpochSecond());
    byte[] digest = TypedData.digest(world.council().charter().domain(), said);
    return new SignedAdoption(said, world.council().sign(digest, signer));
  }

  /** The bundle of a case of which so many entries came before the adoption. */
  public Bundle export(List<CaseEvent> events, int before) {
    return export(events, before, 0, e -> signedBy(e, 0, 1, 2));
  }

  /**
   * That bundle, of a log whose adoption can be a lie.
   *
   * @param lost so many entries at the end of the old tree are not in what was adopted
   * @param said what entry 0 says, of what it could honestly say, without statements
   */
  public Bundle export(
      List<CaseEvent> events, int before, int lost, UnaryOperator<AdoptionEvent.LogAdopted> said) {
    List<World.Leaf> whole = world.chain("case|" + Story.CASE, world.signed(events), Set.of("raw"));
    Instant at = before == 0 ? Story.START : events.get(before - 1).at();
    List<World.Leaf> members =
        world.chain("registry|council", List.of(world.founding(), said(), later(at)), Set.of());
    List<World.Leaf> old = new ArrayList<>(List.of(World.other(0), members.get(0), members.get(1)));
    old.addAll(whole.subList(0, before));
    TileProver closed = prover(old);
    int size = old.size() - lost;
    AdoptionEvent.LogAdopted adopted =
        said.apply(
            new AdoptionEvent.LogAdopted(
                ORIGIN,
                World.ORIGIN,
                size,
                Digest.of(closed.root(size).bytes()),
                List.of(new AdoptionEvent.Lost("a node's file", size + 3, Digest.ZERO)),
                REASON,
                List.of(),
                Person.PREFIX + "o".repeat(22),
                at,
                null));
    List<World.Leaf> now = new ArrayList<>();
    now.addAll(world.chain("adoption|council", List.of(adopted), Set.of()));
    now.addAll(before == 0 ? whole.subList(0, 1) : List.of());
    now.add(members.get(2));
    now.addAll(whole.subList(Math.max(1, before), whole.size()));
    now.add(World.other(1));
    TileProver open = prover(now);
    List<BundleEntry> all = new ArrayList<>(lines(old, closed, 0, size));
    all.addAll(lines(now, open, 1, now.size()));
    Bundle unsealed =
        new Bundle(
            Story.CASE,
            log.sign(new Checkpoint(ORIGIN, now.size(), open.root(now.size()))),
            of(all, "registry|"),
            of(all, "case|"),
            List.of(),
            world.council().electorate(),
            Council.PLAYBOOKS,
            List.of(),
            null,
            world.anchor(open, now.size(), now.size()),
            of(all, "adoption|"),
            "");
    return seal(unsealed);
  }

  /** What this log does that exports these bytes, be they true or not. */
  public Bundle seal(Bundle bundle) {
    return bundle.withSeal(log.seal(Hashing.sha256(bundle.content())));
  }

  /** Number 1 of the last member's key, which moves nobody's weight. */
  private RegistryEvent said() {
    Instant at = Story.START.minus(Duration.ofDays(2));
    return new RegistryEvent.StatementRecorded(
        Story.CASE,
        world.council().confirmation(Story.CASE, "step", 3, 3, at.plusSeconds(60)),
        "member3",
        at);
  }

  private RegistryEvent later(Instant at) {
    long expiry = Story.START.plus(Duration.ofDays(90)).getEpochSecond();
    return new RegistryEvent.Delegated(world.council().delegation(0, 3, expiry, 0), at);
  }

  private static TileProver prover(List<World.Leaf> leaves) {
    return World.prover(
        leaves.stream()
            .map(l -> Hashing.leaf(l.entry().getBytes(StandardCharsets.UTF_8)))
            .toList());
  }

  /** Those that have fields to show; proved where they are in the tree of that size. */
  private static List<BundleEntry> lines(
      List<World.Leaf> leaves, TileProver prover, int generation, int size) {
    List<BundleEntry> lines = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      World.Leaf leaf = leaves.get(i);
      if (leaf.disclosure().isPresent()) {
        List<Hash> proof = prover.inclusion(i, Math.max(size, i + 1));
        lines.add(
            new BundleEntry(
                LogIndex.of(generation, i),
                leaf.entry(),
                World.digests(proof),
                leaf.disclosure().get()));
      }
    }
    return lines;
  }

  private static List<BundleEntry> of(List<BundleEntry> lines, String prefix) {
    return lines.stream().filter(l -> l.entry().contains("\"pid\":\"" + prefix)).toList();
  }

  /** By whoever follows, with the chain at hand. */
  public Report verify(Bundle bundle) {
    return World.verify(bundle, Trust.parse(trustFile().bytes()), world.chain());
  }
}
