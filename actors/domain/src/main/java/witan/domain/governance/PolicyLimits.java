package witan.domain.governance;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import witan.domain.common.JsonNumbers;

/** Bounds within which a policy and a domain can be reckoned with and written down exactly. */
public final class PolicyLimits {
  public static final Duration LONGEST_WINDOW = Duration.ofDays(30);
  public static final Duration LONGEST_HOLDING = Duration.ofDays(3_650);

  /** What is shorter is within what nodes' clocks may differ by: verified-case.md. */
  public static final Duration SHORTEST_HOLDING = Duration.ofMinutes(10);

  public static final int MOST_APPROVALS = 1_000;
  public static final int MOST_SIGNERS = 50;
  private static final int MAX_TOKEN_BITS = 128;

  private PolicyLimits() {}

  /** What is wrong with the policy, for a person. */
  public static Optional<String> problem(Policy policy) {
    if (policy.name().isBlank() || policy.name().length() > 64) {
      return Optional.of("a policy's name has 1 to 64 characters");
    }
    if (!JsonNumbers.natural(policy.version())) {
      return Optional.of("a policy's version is from 0 to 2^53 - 1");
    }
    if (policy.window().compareTo(LONGEST_WINDOW) > 0) {
      return Optional.of("a window is at most " + LONGEST_WINDOW);
    }
    if (policy.lateQuorumExtension().isNegative()) {
      return Optional.of("a late-quorum extension is not negative");
    }
    if (policy.minimumHolding().isNegative()
        || policy.minimumHolding().compareTo(LONGEST_HOLDING) > 0) {
      return Optional.of("a minimum holding time is from 0 to " + LONGEST_HOLDING);
    }
    if (policy.organisationCapBps() < 1 || policy.organisationCapBps() > 10_000) {
      return Optional.of("an organisation's cap is from 1 to 10000 basis points");
    }
    if (policy.minimumApprovals() < 0 || policy.minimumApprovals() > MOST_APPROVALS) {
      return Optional.of("minimum approvals are from 0 to " + MOST_APPROVALS);
    }
    if (policy.bond().signum() < 0 || policy.bond().bitLength() > MAX_TOKEN_BITS) {
      return Optional.of("a bond is from 0 to 2^128 - 1");
    }
    if (policy.playbookSigners().size() > MOST_SIGNERS
        || new HashSet<>(policy.playbookSigners()).size() != policy.playbookSigners().size()) {
      return Optional.of("at most " + MOST_SIGNERS + " keys sign playbooks, each named once");
    }
    return Optional.empty();
  }

  /** What is wrong with a policy that is to come into force; older ones stay as they are. */
  public static Optional<String> problemOfNew(Policy policy) {
    Duration holding = policy.minimumHolding();
    return holding.isZero() || holding.compareTo(SHORTEST_HOLDING) >= 0
        ? Optional.empty()
        : Optional.of("a minimum holding time is 0 or at least " + SHORTEST_HOLDING);
  }

  /**
   * What is wrong with an expedited policy and the normal one that it falls back to, for a person.
   * The electorate, the ballots and what follows the decision must be the same under both; only the
   * bar and the time may differ.
   */
  public static Optional<String> problem(Policy expedited, Policy normal) {
    if (normal.window().compareTo(expedited.window()) <= 0) {
      return Optional.of("the normal window is longer than the expedited one");
    }
    if (expedited.quorumBps() < normal.quorumBps()
        || expedited.supportBps() < normal.supportBps()
        || expedited.minimumApprovals() < normal.minimumApprovals()) {
      return Optional.of("the expedited bar is nowhere lower than the normal one");
    }
    boolean same =
        expedited.mode() == normal.mode()
            && expedited.weighting() == normal.weighting()
            && expedited.organisationCapBps() == normal.organisationCapBps()
            && expedited.minimumHolding().equals(normal.minimumHolding())
            && expedited.replaceable() == normal.replaceable()
            && expedited.assurance() == normal.assurance()
            && expedited.bond().equals(normal.bond())
            && expedited.playbookSigners().equals(normal.playbookSigners());
    return same
        ? problem(normal)
        : Optional.of(
            "an expedited policy and its normal one differ in window, extension and bar only");
  }

  /** What is wrong with the EIP-712 domain, for a person. */
  public static Optional<String> problem(Eip712Domain domain) {
    if (domain.name().isBlank() || domain.name().length() > 100) {
      return Optional.of("a domain's name has 1 to 100 characters");
    }
    if (domain.version().isBlank() || domain.version().length() > 100) {
      return Optional.of("a domain's version has 1 to 100 characters");
    }
    return domain.chainId() >= 1 && JsonNumbers.natural(domain.chainId())
        ? Optional.empty()
        : Optional.of("a chain id is from 1 to 2^53 - 1");
  }
}
