package witan.actors.execution;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code witan.execution} in {@code witan-execution.conf}.
 *
 * @param stepTimeout deadline of a step whose playbook names none
 * @param retryBackoff first pause after a transient failure; doubles up to {@code retryBackoffMax}
 * @param maxAttempts effects attempted per step before it is given up
 * @param poll how often something that must come by itself is looked for (assurance, content)
 * @param maxWait how long one wake waits for it; after that the case's driver wakes again
 */
public record ExecutionSettings(
    Duration stepTimeout,
    Duration retryBackoff,
    Duration retryBackoffMax,
    int maxAttempts,
    Duration poll,
    Duration maxWait) {
  /** Where blocking calls to clusters run. */
  public static final String DISPATCHER = "witan.execution.dispatcher";

  public static final ExecutionSettings DEFAULTS =
      new ExecutionSettings(
          Duration.ofSeconds(60),
          Duration.ofMillis(500),
          Duration.ofSeconds(10),
          8,
          Duration.ofMillis(500),
          Duration.ofMinutes(1));

  /** How long to wait after that many attempts; never less than the target asked for. */
  Duration pause(int attempts, Optional<Duration> asked) {
    Duration own = retryBackoff.multipliedBy(1L << Math.min(attempts - 1, 16));
    Duration bounded = own.compareTo(retryBackoffMax) > 0 ? retryBackoffMax : own;
    return asked.filter(a -> a.compareTo(bounded) > 0).orElse(bounded);
  }

  public static ExecutionSettings from(Config root) {
    Config config = root.getConfig("witan.execution");
    return new ExecutionSettings(
        config.getDuration("step-timeout"),
        config.getDuration("retry-backoff"),
        config.getDuration("retry-backoff-max"),
        config.getInt("max-attempts"),
        config.getDuration("poll"),
        config.getDuration("max-wait"));
  }
}
