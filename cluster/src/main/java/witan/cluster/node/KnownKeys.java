package witan.cluster.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The keys under {@code witan} that mean something: those of the settings that a node ships with,
 * and the fields of what a configuration names itself. A key that nobody reads is a mistake, which
 * the library would pass over.
 */
final class KnownKeys {
  private static final String ROOT = "witan";

  /** Maps whose keys are names, and what each of their values may hold. */
  private static final Map<String, Set<String>> NAMED =
      Map.of(
          "witan.kubernetes.clusters",
          Set.of(
              "kubeconfig",
              "context",
              "allowed-actions",
              "allowed-namespaces",
              "allowed-kinds",
              "max-pods",
              "executor",
              "executor-groups"),
          "witan.http-actions.connections",
          Set.of(
              "base",
              "path-prefixes",
              "methods",
              "credential-file",
              "credential-header",
              "credential-prefix",
              "timeout",
              "max-body"),
          "witan.notify.webhooks",
          Set.of("url", "secret-file"));

  /** Read by Akka, which has keys of its own there. */
  private static final Set<String> OF_AKKA =
      Set.of("witan.execution.dispatcher", "witan.anchor.dispatcher");

  private final ConfigObject shipped;
  private final Set<String> known = new TreeSet<>();

  /** Those of the settings that a node ships with, resolved. */
  KnownKeys(Config shipped) {
    this.shipped = shipped.getObject(ROOT);
    collect(ROOT, this.shipped);
  }

  private void collect(String path, ConfigObject object) {
    object.forEach(
        (key, value) -> {
          String below = below(path, key);
          known.add(below);
          if (value instanceof ConfigObject deeper) {
            collect(below, deeper);
          }
        });
  }

  /** What is wrong with each key of that configuration that means nothing; in order. */
  List<String> problems(Config given) {
    List<String> problems = new ArrayList<>();
    if (given.hasPathOrNull(ROOT) && given.getValue(ROOT) instanceof ConfigObject own) {
      look(ROOT, own, shipped, problems);
    }
    return problems;
  }

  private void look(String path, ConfigObject own, ConfigObject like, List<String> problems) {
    new TreeMap<>(own)
        .forEach(
            (key, value) -> {
              String below = below(path, key);
              if (!like.containsKey(key)) {
                unknown(below, value, known, problems);
              } else if (NAMED.containsKey(below)) {
                named(below, value, problems);
              } else if (!OF_AKKA.contains(below)
                  && value instanceof ConfigObject deeper
                  && like.get(key) instanceof ConfigObject deeperLike) {
                look(below, deeper, deeperLike, problems);
              }
            });
  }

  private static void named(String path, ConfigValue value, List<String> problems) {
    Set<String> fields = NAMED.getOrDefault(path, Set.of());
    if (!(value instanceof ConfigObject all)) {
      return;
    }
    all.forEach(
        (name, one) -> {
          if (one instanceof ConfigObject own) {
            String below = below(path, name);
            Set<String> there = new TreeSet<>();
            fields.forEach(field -> there.add(below(below, field)));
            new TreeMap<>(own)
                .forEach(
                    (field, held) -> {
                      if (!fields.contains(field)) {
                        unknown(below(below, field), held, there, problems);
                      }
                    });
          }
        });
  }

  /** Where all that is below it would be known below another, each is named with the other. */
  private static void unknown(
      String path, ConfigValue value, Set<String> known, List<String> problems) {
    Optional<String> near = nearest(path, known);
    if (near.isPresent()
        && value instanceof ConfigObject object
        && !object.isEmpty()
        && object.keySet().stream().allMatch(key -> known.contains(below(near.get(), key)))) {
      object.forEach(
          (key, one) ->
              problems.add(problem(below(path, key), one, Optional.of(below(near.get(), key)))));
    } else {
      problems.add(problem(path, value, near));
    }
  }

  private static String problem(String path, ConfigValue value, Optional<String> near) {
    return path
        + " is not known"
        + near.map(other -> "; did you mean " + other + "?").orElse("")
        + " ("
        + value.origin().description()
        + ")";
  }

  /** Of what is so far away nobody meant it. */
  private static Optional<String> nearest(String path, Set<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(one -> distance(one, path)))
        .filter(near -> distance(near, path) <= Math.max(2, path.length() / 4));
  }

  /** How many letters are to be put in, taken out or changed. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }

  private static String below(String path, String key) {
    return path + "." + ConfigUtil.joinPath(key);
  }
}
