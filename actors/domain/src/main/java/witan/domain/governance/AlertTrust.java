package witan.domain.governance;

import java.util.List;
import java.util.Optional;

/**
 * On whose alerts a provisional containment may stand.
 *
 * @param signed only on alerts that the sensors signed with their keys in the registry, and that
 *     read as they were logged
 * @param trustedSensors each is believed without a second one; sorted, each once
 */
public record AlertTrust(boolean signed, List<String> trustedSensors) {
  public static final int MAX_SENSORS = 100;

  /** Any two sensors. */
  public static final AlertTrust ANY = new AlertTrust(false, List.of());

  private static final int MAX_NAME = 200;

  public AlertTrust {
    trustedSensors = List.copyOf(trustedSensors);
  }

  /** What is wrong with it, for a person. */
  Optional<String> problem() {
    if (trustedSensors.size() > MAX_SENSORS
        || !trustedSensors.equals(trustedSensors.stream().sorted().distinct().toList())) {
      return Optional.of(
          "at most " + MAX_SENSORS + " sensors are trusted, in alphabetical order, each once");
    }
    return trustedSensors.stream().anyMatch(s -> s.isBlank() || s.length() > MAX_NAME)
        ? Optional.of("a sensor's name has 1 to " + MAX_NAME + " characters")
        : Optional.empty();
  }
}
