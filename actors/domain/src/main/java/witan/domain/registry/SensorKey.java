package witan.domain.registry;

import java.util.regex.Pattern;

/**
 * With which key a sensor signs its alerts about a cluster; several of one sensor are good at the
 * same time.
 *
 * @param cluster the cluster or account that the sensor watches
 * @param key verifier key of C2SP signed-note, named after the sensor
 */
public record SensorKey(String sensor, String cluster, String key) {
  private static final int MAX_TEXT = 100;
  private static final Pattern NAME = Pattern.compile("[^\\s+]{1," + MAX_TEXT + "}");

  /** Key id, and in base64 the kind of a note's key and the 32 bytes of Ed25519. */
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{8}\\+A[Q-f][A-Za-z0-9+/]{42}");

  /** Whether it can be anybody's key at all. */
  boolean wellFormed() {
    return NAME.matcher(sensor).matches()
        && !cluster.isBlank()
        && cluster.length() <= MAX_TEXT
        && key.startsWith(sensor + "+")
        && KEY.matcher(key.substring(sensor.length() + 1)).matches();
  }
}
