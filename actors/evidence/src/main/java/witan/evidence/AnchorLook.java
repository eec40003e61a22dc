package witan.evidence;

import witan.codec.bundle.Anchor;
import witan.codec.bundle.TrustedChain;

/** A look at a chain that the auditor trusts. */
@FunctionalInterface
public interface AnchorLook {
  /**
   * That the chain is the trusted one and that the contract has anchored this root.
   *
   * @param origin of the log
   * @return what was found, for a person
   * @throws CheckFailed or {@link CouldNotCheck}
   */
  String check(TrustedChain chain, String origin, Anchor anchor);
}
