package witan.answers.council;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.registry.VetoBook;

/**
 * The right of veto, as the registry has it now.
 *
 * @param vetoes the last ones, in their order
 * @param registrySeq number of the registry's last event
 */
public record VetoRightAnswer(
    List<GuardianLine> guardians,
    int perGuardian,
    Duration guardianWindow,
    int perCouncil,
    Duration councilWindow,
    List<VetoBook.Use> vetoes,
    long registrySeq) {

  /**
   * A guardian.
   *
   * @param nextVetoAt when the limits next allow a veto; null for now
   */
  public record GuardianLine(String member, @Nullable Instant nextVetoAt) {}
}
