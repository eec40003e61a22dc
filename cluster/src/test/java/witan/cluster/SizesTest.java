package witan.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import witan.dev.WitanRoot;

/**
 * Files and methods stay of a size that one can read. Measured are main sources, as the compiler
 * sees them; a method counts from its first modifier or annotation to its last brace.
 */
class SizesTest {
  private static final int MOST_LINES_OF_A_FILE = 400;
  private static final int MOST_LINES_OF_A_METHOD = 60;

  private static final List<Sized> files = new ArrayList<>();
  private static final List<Sized> methods = new ArrayList<>();

  private record Sized(String name, long lines) {
    @Override
    public String toString() {
      return lines + " " + name;
    }
  }

  @BeforeAll
  static void measure() throws IOException {
    Path root = WitanRoot.find();
    List<Path> sources;
    try (Stream<Path> all = Files.walk(root)) {
      sources =
          all.filter(
                  p -> p.toString().endsWith(".java") && p.toString().contains("/src/main/java/"))
              .toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(sources));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        LineMap lines = unit.getLineMap();
        String name = root.relativize(Path.of(unit.getSourceFile().toUri())).toString();
        files.add(new Sized(name, lines.getLineNumber(positions.getEndPosition(unit, unit) - 1)));
        unit.accept(
            new TreeScanner<Void, Void>() {
              @Override
              public Void visitMethod(MethodTree method, Void nothing) {
                long from = lines.getLineNumber(positions.getStartPosition(unit, method));
                long end = positions.getEndPosition(unit, method);
                if (end > 0) {
                  methods.add(
                      new Sized(
                          name + " " + method.getName(), lines.getLineNumber(end - 1) - from + 1));
                }
                return super.visitMethod(method, null);
              }
            },
            null);
      }
    }
  }

  @Test
  void noFileIsLongerThanFourHundredLines() {
    assertEquals(List.of(), over(files, MOST_LINES_OF_A_FILE));
  }

  @Test
  void noMethodIsLongerThanSixtyLines() {
    assertEquals(List.of(), over(methods, MOST_LINES_OF_A_METHOD));
  }

  @Test
  void allOfItWasMeasured() {
    assertTrue(files.size() > 500 && methods.size() > 3000, files.size() + ", " + methods.size());
  }

  private static List<Sized> over(List<Sized> all, int most) {
    return all.stream().filter(one -> one.lines() > most).toList();
  }
}
