package witan.answers.system;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.LeftOut;

/** Whether a node can do its work. */
public record HealthAnswer(boolean ready, List<HealthPart> parts) {

  /**
   * A part of it.
   *
   * @param detail for a person; probes are not told
   */
  public record HealthPart(
      String name, boolean up, boolean required, @LeftOut @Nullable String detail) {}
}
