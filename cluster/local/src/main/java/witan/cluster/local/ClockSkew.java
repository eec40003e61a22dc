package witan.cluster.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import witan.cluster.StartException;

/**
 * Nodes whose wall clocks are wrong on purpose, by libfaketime; their timers run as they should.
 *
 * @param offsets by the number of the node, as libfaketime writes them: {@code +2s}
 */
record ClockSkew(Map<Integer, String> offsets) {
  private static final Pattern ONE = Pattern.compile("([1-9]\\d?)=([+-]\\d{1,5}(?:\\.\\d{1,3})?s)");
  private static final Path LIBRARIES = Path.of("/usr/lib");

  ClockSkew {
    offsets = Map.copyOf(offsets);
  }

  /**
   * Reads {@code 2=+2s,3=-2s}; empty: every clock is right.
   *
   * @throws StartException if it reads differently
   */
  static ClockSkew parse(String text) {
    Map<Integer, String> offsets = new TreeMap<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      Matcher one = ONE.matcher(part.strip());
      if (!one.matches()) {
        throw new StartException("--clock-skew: '" + part + "' is not like 2=+2s,3=-2s");
      }
      offsets.put(Integer.valueOf(one.group(1)), one.group(2));
    }
    return new ClockSkew(offsets);
  }

  /** Throws StartException where clocks cannot be made wrong. */
  void refuseWithoutLibrary() {
    if (!offsets.isEmpty() && library().isEmpty()) {
      throw new StartException(
          "--clock-skew needs libfaketime, which is not in "
              + LIBRARIES
              + "/*/faketime (Debian: apt-get install libfaketime)");
    }
  }

  /** What the node's environment needs; nothing for a node whose clock is right. */
  Map<String, String> environment(int node) {
    String offset = offsets.get(node);
    Optional<Path> library = library();
    return offset == null || library.isEmpty()
        ? Map.of()
        : Map.of(
            "LD_PRELOAD",
            library.get().toString(),
            "FAKETIME",
            offset,
            // Timers and time-outs are Akka's and the driver's business, not this test's.
            "FAKETIME_DONT_FAKE_MONOTONIC",
            "1",
            // Its correction of timed waits is for an old C library: with this one they spin.
            "FAKETIME_FORCE_MONOTONIC_FIX",
            "0");
  }

  private static Optional<Path> library() {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(LIBRARIES)) {
      for (Path folder : folders) {
        Path library = folder.resolve("faketime/libfaketime.so.1");
        if (Files.isReadable(library)) {
          return Optional.of(library);
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
