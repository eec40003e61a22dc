package witan.actors.execution;

import com.typesafe.config.Config;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;

/**
 * {@code witan.execution.trust} in {@code witan-execution.conf}: what an executor believes before
 * it has read anything.
 *
 * @param charter digest of the founding charter; null to believe the first that was founded
 */
public record ExecutorTrust(@Nullable Digest charter) {
  /** Reads the topic; a digest has 64 lower-case hexadecimal digits. */
  public static ExecutorTrust from(Config root) {
    String charter = root.getString("witan.execution.trust.charter-digest");
    return new ExecutorTrust(charter.isEmpty() ? null : Digest.read(charter));
  }
}
