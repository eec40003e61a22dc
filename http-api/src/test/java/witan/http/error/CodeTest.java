package witan.http.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import witan.ballot.BallotException;

/** Every code that a caller can meet is mapped to a status on purpose. */
class CodeTest {
  private static final Pattern REFUSED =
      Pattern.compile(
          "(?:refuse|Refusal|AlertRefused|JsonRefused|Refused)\\(\\s*\"([a-z][a-z_]*[a-z])\"");

  /** Of commands that no route sends: opening a vote, steps of an execution, intake's counts. */
  private static final Set<String> INTERNAL =
      Set.of(
          "containment_budget",
          "containment_cluster_budget",
          "containment_decided",
          "containment_not_allowed",
          "containment_off",
          "containment_too_many_active",
          "containment_unfinished",
          "execution_paused",
          "execution_unfinished",
          "lease_over",
          "no_containment",
          "no_intent",
          "no_lease",
          "no_options",
          "no_voting_power",
          "not_corroborated",
          "nothing_refused",
          "notice_unsigned",
          "notices_size",
          "plan_outdated",
          "policy_invalid",
          "reopening_size",
          "steps_invalid",
          "targets_drifted",
          "too_early",
          "too_many_options",
          "too_many_suppressed",
          "unknown_step",
          "wrong_attempt",
          "wrong_electorate",
          "wrong_option",
          "wrong_outcome",
          "wrong_radius");

  /** What sources put before every code that they name. */
  private static final Map<String, String> PREFIXES =
      Map.of("CharterRules.java", "charter_", "DraftRules.java", "draft_");

  private static final List<String> REACHABLE =
      List.of(
          "actors/domain/src/main/java/witan/domain/catalogue",
          "actors/domain/src/main/java/witan/domain/containment",
          "actors/domain/src/main/java/witan/domain/detection",
          "actors/domain/src/main/java/witan/domain/intake",
          "actors/domain/src/main/java/witan/domain/notes",
          "actors/domain/src/main/java/witan/domain/proposal",
          "actors/domain/src/main/java/witan/domain/registry",
          "actors/codec/src/main/java/witan/codec/json");

  @Test
  void everyCodeOfTheBallotLibrary() throws IllegalAccessException {
    for (Field field : BallotException.class.getFields()) {
      String code = (String) field.get(null);
      if (!code.equals(BallotException.PRIVATE_KEY_MALFORMED)) {
        assertTrue(Code.of(code).isPresent(), code);
      }
    }
  }

  @Test
  void everyCodeInTheSourcesOfDomainAndCodec() throws IOException {
    Path root = Path.of(System.getProperty("witan.root", ".."));
    Set<String> missing = new TreeSet<>();
    int found = 0;
    for (String folder : REACHABLE) {
      Path sources = root.resolve(folder);
      assumeTrue(Files.isDirectory(sources), "SKIPPED: no sources at " + sources);
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          Matcher matcher = REFUSED.matcher(Files.readString(file));
          String prefix = PREFIXES.getOrDefault(String.valueOf(file.getFileName()), "");
          while (matcher.find()) {
            found++;
            String code = prefix + matcher.group(1);
            if (Code.of(code).isEmpty() && !INTERNAL.contains(code)) {
              missing.add(code + " in " + file.getFileName());
            }
          }
        }
      }
    }
    assertTrue(found > 50, "the pattern finds only " + found);
    assertEquals(Set.of(), missing);
  }

  @Test
  void statusesAreThoseOfRefusals() {
    for (Code code : Code.values()) {
      assertTrue(code.status() >= 400 && code.status() < 600, code.wire());
      assertTrue(!code.title().isBlank() && !code.title().endsWith("."), code.wire());
      assertEquals(code, Code.of(code.wire()).orElseThrow());
    }
    assertEquals(422, Problem.of(new witan.domain.common.Refusal("x_y", "m", "h")).status());
  }
}
