package witan.evidence;

import java.util.Optional;
import witan.log.checkpoint.SignedNote;

/**
 * That enough of the witnesses that are trusted have seen a checkpoint. A wrong signature of one of
 * them disproves; signatures of others say nothing (C2SP signed-note: they must be ignored).
 */
public final class WitnessChecks {
  static final String NAME = "witnesses";

  private WitnessChecks() {}

  /** Adds nothing where the trust file names no witnesses. */
  public static void run(String note, Trust trust, Checks report) {
    verified("cosigned", note, trust, report)
        .filter(count -> count < trust.threshold())
        .ifPresent(
            count ->
                report.open(
                    NAME,
                    count
                        + " of "
                        + trust.witnesses().size()
                        + " witnesses cosigned, "
                        + trust.threshold()
                        + " are asked for"));
  }

  /** How many cosigned; however few they are, no signature of theirs is wrong. */
  public static Optional<Integer> verified(String name, String note, Trust trust, Checks report) {
    if (trust.witnesses().isEmpty()) {
      return Optional.empty();
    }
    return report.find(
        name,
        () -> {
          int count = SignedNote.parse(note).verify(trust.witnesses()).size();
          return new Found<>(
              count, count + " of " + trust.witnesses().size() + " witnesses cosigned");
        });
  }
}
