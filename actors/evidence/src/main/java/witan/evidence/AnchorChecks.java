package witan.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.codec.bundle.Anchor;
import witan.codec.bundle.TrustedChain;
import witan.domain.common.LogIndex;
import witan.domain.governance.Assurance;
import witan.domain.proposal.CaseEvent;
import witan.log.checkpoint.Checkpoint;
import witan.log.proof.Proofs;
import witan.log.tree.Hash;

/**
 * That the anchored root is of the same log as the checkpoint, that the chain has it where the
 * trust file names one, and that what was decided and done lies below it: a log may fork beyond its
 * last anchor.
 */
final class AnchorChecks {
  private static final String ANCHOR = "anchor";
  private static final String BEYOND = "beyond anchor";

  private final Trust trust;
  private final @Nullable AnchorLook look;
  private final BundleChecks.Looked looked;
  private final Checks report;

  AnchorChecks(Trust trust, @Nullable AnchorLook look, BundleChecks.Looked looked, Checks report) {
    this.trust = trust;
    this.look = look;
    this.looked = looked;
    this.report = report;
  }

  void run(@Nullable Anchor anchor) {
    TrustedChain chain = trust.chain();
    if (anchor == null) {
      missing(chain);
      return;
    }
    Checkpoint checkpoint = looked.checkpoint().orElse(null);
    if (checkpoint == null) {
      // Whose anchor it should be, the checkpoint says: each generation has a contract of its own.
      report.blocked("same log", "the checkpoint");
      report.blocked(ANCHOR, "the checkpoint");
      return;
    }
    report.check("same log", () -> sameLog(anchor, checkpoint, trust));
    AnchorLook reader = look;
    if (reader != null) {
      int generation = trust.generationOf(checkpoint.origin());
      report
          .find(ANCHOR, () -> onChain(anchor, checkpoint.origin(), reader))
          .ifPresent(
              size -> looked.file().ifPresent(file -> beyond(file, LogIndex.of(generation, size))));
    } else if (chain != null) {
      report.open(ANCHOR, claimed(anchor));
    } else {
      report.remark(ANCHOR, claimed(anchor));
    }
  }

  private void missing(@Nullable TrustedChain chain) {
    if (chain != null) {
      report.open(ANCHOR, "the trust file names a chain, and the bundle claims no anchor");
    } else if (look != null) {
      report.blocked(ANCHOR, "a chain in the trust file, which names none");
    } else {
      report.remark(ANCHOR, "the bundle claims none, and the trust file names no chain");
    }
  }

  private void beyond(CaseFile file, long end) {
    boolean all =
        file.first(CaseEvent.VotingOpened.class)
            .filter(v -> v.event().policy().assurance() == Assurance.ANCHORED)
            .isPresent();
    List<String> beyond =
        file.entries().stream()
            .filter(l -> l.index() >= end && (all || decidesOrActs(file, l.event())))
            .map(l -> l.index() + " (" + l.entry().type() + ")")
            .toList();
    if (!beyond.isEmpty()) {
      report.open(
          BEYOND,
          beyond.size()
              + " entries of the case lie beyond the anchor of "
              + LogIndex.inTree(end)
              + " entries: "
              + String.join(", ", beyond));
    }
  }

  /** What comes after a decision without being done, such as a late ballot, may be beyond. */
  private static boolean decidesOrActs(CaseFile file, CaseEvent event) {
    boolean late =
        event instanceof CaseEvent.AlertRecorded
            || event instanceof CaseEvent.VotersNotified
            || (event instanceof CaseEvent.VoteCast vote && !vote.counted());
    boolean closes = event instanceof CaseEvent.CaseClosed || event instanceof CaseEvent.CaseSealed;
    boolean undecided = file.state().outcome() == null;
    return !late && (!closes || undecided);
  }

  private static String sameLog(Anchor anchor, Checkpoint checkpoint, Trust trust) {
    List<Hash> proof = anchor.consistency().stream().map(d -> Hash.of(d.bytes())).toList();
    Hash root = Hash.of(anchor.root().bytes());
    boolean older = anchor.size() <= checkpoint.size();
    CheckFailed.unless(
        older
            ? Proofs.verifyConsistency(
                anchor.size(), checkpoint.size(), root, checkpoint.root(), proof)
            : Proofs.verifyConsistency(
                checkpoint.size(), anchor.size(), checkpoint.root(), root, proof),
        "the anchored root is not of the log of the checkpoint");
    TrustedChain chain = trust.chain();
    CheckFailed.unless(
        chain == null || chain.equals(identity(anchor)),
        "the anchor is on another chain, or in another contract, than the trusted one");
    return "the claimed anchor of "
        + anchor.size()
        + " entries and the checkpoint of "
        + checkpoint.size()
        + " are of one log"
        + (chain == null ? "; the trust file names no chain" : ", on the trusted chain");
  }

  private static String claimed(Anchor anchor) {
    return "claimed: "
        + anchor.size()
        + " entries in transaction "
        + anchor.txHash()
        + ", block "
        + anchor.blockNumber()
        + " of chain "
        + anchor.chainId()
        + "; give --rpc to look";
  }

  /** How many entries are anchored. */
  private Found<Long> onChain(Anchor anchor, String origin, AnchorLook reader) {
    TrustedChain chain = trust.chain();
    if (chain == null) {
      throw new CouldNotCheck("the trust file names no chain");
    }
    CheckFailed.unless(
        chain.equals(identity(anchor)), "the anchor is claimed on another chain than the trusted");
    String text = reader.check(chain, origin, anchor);
    return new Found<>(anchor.size(), text);
  }

  private static TrustedChain identity(Anchor anchor) {
    return new TrustedChain(anchor.chainId(), anchor.genesisHash(), anchor.contract());
  }
}
