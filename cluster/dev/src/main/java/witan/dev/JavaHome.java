package witan.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds a JDK that Cassandra 5.0 runs on (11 or 17). */
final class JavaHome {
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  private JavaHome() {}

  static Path forCassandra(@Nullable Path configured) {
    if (configured != null) {
      return configured;
    }
    int running = Runtime.version().feature();
    if (running == 11 || running == 17) {
      return Path.of(System.getProperty("java.home"));
    }
    if (Files.isDirectory(INSTALLED)) {
      try (Stream<Path> homes = Files.list(INSTALLED)) {
        var found = homes.filter(JavaHome::is17).sorted().findFirst();
        if (found.isPresent()) {
          return found.get();
        }
      } catch (IOException e) {
        throw new ChildProcessException("cannot list " + INSTALLED, e);
      }
    }
    throw new ChildProcessException(
        "Cassandra needs a JDK 11 or 17; this is "
            + running
            + " and "
            + INSTALLED
            + " has none: set javaHome");
  }

  private static boolean is17(Path home) {
    Path release = home.resolve("release");
    try {
      return Files.isExecutable(home.resolve("bin/java"))
          && Files.isRegularFile(release)
          && Files.readString(release).contains("JAVA_VERSION=\"17");
    } catch (IOException unreadable) {
      return false;
    }
  }
}
