package witan.evidence;

import org.jspecify.annotations.Nullable;
import witan.codec.bundle.Bundle;
import witan.evidence.report.Report;

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
   * @param chain null where no node of the chain can be asked: then the anchor is a claim
   */
  public BundleVerifier(Trust trust, @Nullable AnchorLook chain) {
    this.trust = trust;
    this.chain = chain;
  }

  /** Adds every check to the report. */
  public void verify(Bundle bundle, Report report) {
    BundleChecks.Looked looked = new BundleChecks(trust).run(bundle, report);
    new AnchorChecks(trust, chain, looked, report).run(bundle.anchor());
  }
}
