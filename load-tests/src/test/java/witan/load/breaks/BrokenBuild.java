package witan.load.breaks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the changed sources and packs them with the agent that puts them into a node. */
final class BrokenBuild {
  private static final String SOURCES = "actors/ledger/src/main/java/witan/actors/log";

  private BrokenBuild() {}

  /**
   * Makes the agent's jar.
   *
   * @param root of the built checkout
   * @throws IllegalStateException when a place to change is not in the source as it stands
   */
  static Path agent(Path root, Break broken, Path folder) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<Path> changed = new ArrayList<>();
    for (Map.Entry<String, List<Break.Edit>> file : broken.edits().entrySet()) {
      String text =
          changed(Files.readString(root.resolve(SOURCES).resolve(file.getKey())), file, broken);
      changed.add(Files.writeString(sources.resolve(file.getKey()), text));
    }
    compile(root, changed, classes);
    return pack(classes, folder.resolve("agent.jar"));
  }

  static String changed(String source, Map.Entry<String, List<Break.Edit>> file, Break broken) {
    String text = source;
    for (Break.Edit edit : file.getValue()) {
      int at = text.indexOf(edit.from());
      if (at < 0 || text.indexOf(edit.from(), at + 1) >= 0) {
        throw new IllegalStateException(
            "'"
                + broken.name()
                + "' must be written anew: in "
                + file.getKey()
                + " this does not stand exactly once: "
                + edit.from());
      }
      text = text.replace(edit.from(), edit.to());
    }
    return text;
  }

  private static void compile(Path root, List<Path> sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> path = new ArrayList<>();
    path.add(root.resolve("actors/ledger/target/classes").toString());
    try (Stream<Path> jars = Files.list(root.resolve("cluster/target/lib"))) {
      jars.forEach(jar -> path.add(jar.toString()));
    }
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean done =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-nowarn",
                      "-cp",
                      String.join(":", path),
                      "-d",
                      classes.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!done) {
        throw new IllegalStateException("the broken sources do not compile:\n" + said);
      }
    }
  }

  private static Path pack(Path classes, Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", BreakAgent.class.getName());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = BreakAgent.FOLDER.substring(1) + classes.relativize(file);
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
      }
      for (String name : List.of(BreakAgent.class.getName(), BreakAgent.class.getName() + "$1")) {
        String path = name.replace('.', '/') + ".class";
        zip.putNextEntry(new ZipEntry(path));
        try (InputStream agent = BreakAgent.class.getResourceAsStream("/" + path)) {
          agent.transferTo(zip);
        }
      }
    }
    return jar;
  }
}
