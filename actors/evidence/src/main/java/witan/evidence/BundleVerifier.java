package witan.evidence;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.codec.bundle.Anchor;
import witan.codec.bundle.Bundle;
import witan.evidence.report.Report;
import witan.log.checkpoint.Checkpoint;

/**
 * All checks of an evidence bundle. What holds is proven against the trust file alone; times are
 * the council's own, no later than the anchor.
 */
public final class BundleVerifier {
  private final Trust trust;
  private final @Nullable AnchorLook chain;

  /**
   * A verifier for any number of bundles.
   *
   * @param chain null to take the anchor for a claim
   */
  public BundleVerifier(Trust trust, @Nullable AnchorLook chain) {
    this.trust = trust;
    this.chain = chain;
  }

  /** Adds every check to the report. */
  public void verify(Bundle bundle, Report report) {
    Optional<Checkpoint> checkpoint = new BundleChecks(trust).run(bundle, report);
    anchor(bundle.anchor(), checkpoint, report);
  }

  private void anchor(@Nullable Anchor anchor, Optional<Checkpoint> checkpoint, Report report) {
    AnchorLook reader = chain;
    if (anchor == null) {
      if (reader == null) {
        report.remark("anchor", "the bundle claims none");
      } else {
        report.blocked("anchor", "an anchor in the bundle, which claims none");
      }
      return;
    }
    checkpoint.ifPresentOrElse(
        c -> report.check("same log", () -> AnchorChecks.sameLog(anchor, c, trust)),
        () -> report.blocked("same log", "the checkpoint"));
    if (reader == null) {
      report.remark("anchor", AnchorChecks.claimed(anchor));
    } else {
      report.check("anchor", () -> AnchorChecks.onChain(anchor, trust, reader));
    }
  }
}
