package witan.cluster.it;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import witan.dev.WitanRoot;

/** A virtual machine with the classes of this build, that is started and soon ended. */
final class TestJvm {
  private static final List<Path> CLASS_PATH =
      Stream.of(
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                  .split(File.pathSeparator))
          .map(Path::of)
          .toList();

  /** Folders last: an archive has classes of jars alone, and a class path must begin with its. */
  private static final List<Path> JARS = CLASS_PATH.stream().filter(Files::isRegularFile).toList();

  private static final List<Path> FOLDERS = CLASS_PATH.stream().filter(Files::isDirectory).toList();

  private static final ClassArchive ARCHIVE = ClassArchive.of(JARS);

  private TestJvm() {}

  /**
   * A command line.
   *
   * @param heap for {@code -Xmx}
   */
  static List<String> command(String heap, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(java(heap));
    command.addAll(ARCHIVE.use());
    return withMain(command, main, arguments);
  }

  /** The same, of which the archive is made that later ones use; see {@link #archive()}. */
  static List<String> recordedCommand(String heap, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(java(heap));
    command.addAll(ARCHIVE.useOrRecord());
    return withMain(command, main, arguments);
  }

  /** What is recorded has loaded what it loads. */
  static void archive() {
    ARCHIVE.make();
  }

  private static List<String> java(String heap) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx" + heap,
        "-Dwitan.root=" + WitanRoot.find());
  }

  private static List<String> withMain(List<String> command, Class<?> main, String... arguments) {
    command.addAll(List.of("-cp", path(Stream.concat(JARS.stream(), FOLDERS.stream()).toList())));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  static String path(List<Path> entries) {
    return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
  }
}
