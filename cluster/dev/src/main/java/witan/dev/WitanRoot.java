package witan.dev;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the root of the checkout. */
public final class WitanRoot {
  private WitanRoot() {}

  /**
   * The system property {@code witan.root} if set, else the nearest directory at or above the
   * working directory that holds {@code pom.xml} and {@code cluster/dev}.
   *
   * @throws IllegalStateException if there is none
   */
  public static Path find() {
    String configured = System.getProperty("witan.root");
    if (configured != null) {
      return Path.of(configured).toAbsolutePath().normalize();
    }
    return above(Path.of("").toAbsolutePath());
  }

  static Path above(Path start) {
    for (Path dir = start; dir != null; dir = dir.getParent()) {
      if (Files.isRegularFile(dir.resolve("pom.xml"))
          && Files.isDirectory(dir.resolve("cluster/dev"))) {
        return dir;
      }
    }
    throw new IllegalStateException(
        "no checkout of Witan at or above " + start + "; set the system property witan.root");
  }
}
