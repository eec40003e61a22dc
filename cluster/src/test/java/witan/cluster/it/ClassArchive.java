package witan.cluster.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import witan.dev.ChildProcess;
import witan.dev.ChildProcessException;

/**
 * Classes of jars, read and verified once for all virtual machines of a build (class data sharing),
 * which takes half of the work out of a node's start. The first node writes down what it loads, an
 * archive is made of that beside the tests, and whoever starts later uses it. Where it is missing,
 * half made or not of these jars, starts take longer, and nothing else.
 */
final class ClassArchive {
  private static final Path FOLDER = Path.of("target", "class-archive").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final List<Path> jars;
  private final Path list;
  private final Path archive;
  private boolean recording;

  private ClassArchive(List<Path> jars, String name) {
    this.jars = jars;
    this.list = FOLDER.resolve(name + ".list");
    this.archive = FOLDER.resolve(name + ".jsa");
  }

  /** Of these jars as they are now. */
  static ClassArchive of(List<Path> jars) {
    StringBuilder all = new StringBuilder(System.getProperty("java.vm.version"));
    try {
      for (Path jar : jars) {
        all.append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar));
      }
      UUID name = UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8));
      return new ClassArchive(jars, name.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Options of a virtual machine that uses it, if it is there. */
  List<String> use() {
    return Files.exists(archive)
        ? List.of(
            "-Xshare:auto",
            "-XX:SharedArchiveFile=" + archive,
            // It would complain on standard output.
            "-Xlog:disable",
            "-Xlog:all=error:stderr")
        : List.of("-Xshare:auto");
  }

  /** The same; or of the one, of all processes, from whose classes it is made. */
  synchronized List<String> useOrRecord() {
    if (Files.exists(archive) || recording || !claimed()) {
      return use();
    }
    recording = true;
    return List.of("-Xshare:auto", "-XX:DumpLoadedClassList=" + list);
  }

  /** Whoever makes the file first; archives of earlier builds go. */
  private boolean claimed() {
    try {
      Files.createDirectories(FOLDER);
      Files.createFile(list);
      try (Stream<Path> files = Files.list(FOLDER)) {
        for (Path file : files.filter(file -> !file.equals(list)).toList()) {
          Files.delete(file);
        }
      }
      return true;
    } catch (FileAlreadyExistsException another) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins to make it, if this process has recorded. */
  synchronized void make() {
    if (recording) {
      recording = false;
      Thread making = new Thread(this::dump, "class archive");
      making.setDaemon(true);
      making.start();
    }
  }

  private void dump() {
    try {
      Path complete = Files.write(FOLDER.resolve("complete.list"), completeLines());
      Path made = FOLDER.resolve("made.jsa");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:+UseSerialGC", "-Xshare:dump"));
      command.add("-XX:SharedClassListFile=" + complete);
      command.add("-XX:SharedArchiveFile=" + made);
      command.addAll(List.of("-cp", TestJvm.path(jars)));
      ChildProcess.start(
              "class archive", ChildProcess.Options.of(FOLDER.resolve("made.log"), command))
          .awaitEnd(LIMIT);
      Files.move(made, archive);
    } catch (IOException | ChildProcessException e) {
      System.out.println("no archive of classes, starts take longer: " + e.getMessage());
    }
  }

  /** The recorded process still writes. */
  private List<String> completeLines() throws IOException {
    String written = Files.readString(list);
    return written.substring(0, written.lastIndexOf('\n') + 1).lines().toList();
  }
}
