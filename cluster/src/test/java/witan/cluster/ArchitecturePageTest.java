package witan.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import witan.dev.WitanRoot;

/** The page for newcomers sends nobody to a class that has moved away. */
class ArchitecturePageTest {
  private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]+)(\\.[A-Z][A-Za-z]+)*`");
  private static final String SUFFIX = ".java";

  private static Set<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(WitanRoot.find())) {
      return files
          .filter(file -> file.toString().contains("/src/"))
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void everyClassThatItNamesExists() throws IOException {
    String page = Files.readString(WitanRoot.find().resolve("docs/architecture.md"));
    Set<String> named =
        CLASS
            .matcher(page)
            .results()
            .map(name -> name.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertTrue(named.contains("CaseAggregate"), named.toString());
    named.removeAll(sources());
    assertEquals(Set.of(), named);
  }
}
