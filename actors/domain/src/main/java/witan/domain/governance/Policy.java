package witan.domain.governance;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import witan.domain.common.Digest;
import witan.domain.detection.Severity;

/**
 * The rules that a proposal is decided by; frozen whole when its voting opens.
 *
 * @param name e.g. {@code paper}
 * @param version grows with each change of the policy of that name
 * @param minimumSeverity the policy is for cases whose gravest alert is at least that grave
 * @param quorumBps basis points of the snapshot's total
 * @param supportBps basis points of F + A
 * @param lateQuorumExtension how far the deadline is moved once, when quorum is first reached
 * @param minimumHolding how long before the case tokens must have been held to count
 * @param assurance what an execution waits for
 * @param organisationCapBps the most that one organisation weighs, basis points of the total
 * @param minimumApprovals from how many organisations a member with weight of its own has to vote
 *     FOR
 * @param replaceable whether a voter may vote again; then nothing is settled that could still move
 * @param bond what a proposer posts, in tokens
 * @param playbookSigners keys (SHA-256 of the DER SubjectPublicKeyInfo) of which one must have
 *     signed a playbook that is an option; empty where none has to be signed
 */
public record Policy(
    String name,
    long version,
    Severity minimumSeverity,
    Duration window,
    int quorumBps,
    int supportBps,
    CountingMode mode,
    Duration lateQuorumExtension,
    Duration minimumHolding,
    Assurance assurance,
    Weighting weighting,
    int organisationCapBps,
    int minimumApprovals,
    boolean replaceable,
    BigInteger bond,
    List<Digest> playbookSigners) {
  public Policy {
    playbookSigners = List.copyOf(playbookSigners);
    if (quorumBps < 0 || quorumBps > 10_000 || supportBps < 0 || supportBps > 10_000) {
      throw new IllegalArgumentException("basis points are 0 to 10000");
    }
    if (window.isNegative() || window.isZero() || lateQuorumExtension.compareTo(window) > 0) {
      throw new IllegalArgumentException(
          "the window is positive and the late-quorum extension no longer than it");
    }
  }
}
