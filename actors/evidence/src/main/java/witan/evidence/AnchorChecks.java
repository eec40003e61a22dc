package witan.evidence;

import java.util.List;
import witan.codec.bundle.Anchor;
import witan.codec.bundle.ChainIdentity;
import witan.log.checkpoint.Checkpoint;
import witan.log.proof.Proofs;
import witan.log.tree.Hash;

/**
 * That the anchored root is of the same log as the checkpoint, and with a chain, that it is there.
 */
final class AnchorChecks {
  private AnchorChecks() {}

  static String sameLog(Anchor anchor, Checkpoint checkpoint, Trust trust) {
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
    ChainIdentity chain = trust.chain();
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

  static String claimed(Anchor anchor) {
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

  static String onChain(Anchor anchor, Trust trust, AnchorLook reader) {
    ChainIdentity chain = trust.chain();
    if (chain == null) {
      throw new CouldNotCheck("the trust file names no chain");
    }
    CheckFailed.unless(
        chain.equals(identity(anchor)), "the anchor is claimed on another chain than the trusted");
    return reader.check(chain, trust.logKey().name(), anchor);
  }

  private static ChainIdentity identity(Anchor anchor) {
    return new ChainIdentity(anchor.chainId(), anchor.genesisHash(), anchor.contract());
  }
}
