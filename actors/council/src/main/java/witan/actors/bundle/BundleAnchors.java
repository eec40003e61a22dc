package witan.actors.bundle;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.codec.bundle.Anchor;
import witan.domain.api.Anchors;
import witan.domain.api.LogReads;
import witan.domain.common.Address;
import witan.domain.common.Digest;

/** What a bundle says of the chain. */
final class BundleAnchors {
  private final Anchors anchors;
  private final LogReads reads;

  BundleAnchors(Anchors anchors, LogReads reads) {
    this.anchors = anchors;
    this.reads = reads;
  }

  /** Empty unless the chain is the adopted one and an anchor is confirmed on it. */
  CompletionStage<Optional<Anchor>> of(BundleHead head) {
    Anchors.Status status = anchors.status();
    Anchors.Anchored last = status.last();
    boolean trusted =
        status.state() == Anchors.State.FOLLOWING
            || status.state() == Anchors.State.CHAIN_UNREACHABLE;
    if (last == null || !trusted) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    long from = Math.min(last.ofTree().size(), head.size());
    long to = Math.max(last.ofTree().size(), head.size());
    CompletionStage<List<Digest>> proof =
        from == to
            ? CompletableFuture.completedFuture(List.of())
            : reads
                .consistency(from, to)
                .thenApply(
                    p -> p.orElseThrow(() -> BundleExporter.missing("the proof to the anchor")));
    return proof.thenApply(consistency -> Optional.of(anchor(last, consistency)));
  }

  private static Anchor anchor(Anchors.Anchored last, List<Digest> consistency) {
    return new Anchor(
        last.ofTree().size(),
        Digest.read(last.root()),
        last.chainId(),
        Digest.read(last.genesisHash()),
        new Address(last.contract()),
        Digest.read(last.txHash()),
        last.blockNumber(),
        Digest.read(last.blockHash()),
        consistency);
  }
}
