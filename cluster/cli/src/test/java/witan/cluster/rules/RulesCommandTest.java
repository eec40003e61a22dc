package witan.cluster.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import witan.cluster.CouncilCommands;

class RulesCommandTest {
  private static final String RULES =
      """
      {"version": 2, "rules": [
        {"id": "shell-in-a-pod", "atLeast": "MEDIUM", "techniques": [], "kinds": ["POD"], "clusters": ["aws-*"],
         "formats": [], "confidence": "LOW", "playbook": "isolate-workload"}]}""";
  private static final String ALERT =
      """
      {"uuid":"1","priority":"%s","rule":"Terminal shell in container","output":"a shell","hostname":"n1","source":"syscall",
       "time":"2026-11-23T01:02:03.000000000Z","tags":["T1059"],
       "output_fields":{"k8s.ns.name":"shop","k8s.pod.name":"cart-1"}}""";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int run(String... words) {
    CommandLine line = CouncilCommands.program().line(words);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(words);
  }

  @Test
  void ruleFilesThatANodeTakesAreValid() throws IOException {
    String suppression =
        """
        {"version": 1, "rules": [
          {"id": "nightly-scan", "reason": "a scanner", "sensor": "suricata-eu", "cluster": null, "namespace": null,
           "rule": "2010935", "resource": null, "atMost": "MEDIUM", "until": "2027-01-01T00:00:00.000Z"}]}""";

    assertEquals(0, run("rules", "validate", file("r.json", RULES)));
    assertEquals(0, run("rules", "validate", file("s.json", suppression)));

    assertTrue(out.toString().contains("response rules, version 2, 1 of them"), out.toString());
    assertTrue(out.toString().contains("suppression rules, version 1"), out.toString());
  }

  @Test
  void aFieldThatIsLeftOutIsNamedByItsPath() throws IOException {
    String file = file("bad.json", RULES.replace("\"formats\": [],", ""));

    assertEquals(1, run("rules", "validate", file));

    assertTrue(err.toString().contains(file), err.toString());
    assertTrue(err.toString().contains("/rules/0/formats"), err.toString());
  }

  @Test
  void eachConditionOfEachRuleIsShownForAnAlert() throws IOException {
    String rules = file("r.json", RULES);

    assertEquals(
        0,
        run(
            "rules",
            "test",
            rules,
            "--alert",
            file("a.json", ALERT.formatted("Critical")),
            "--cluster",
            "aws-eu"));

    String text = out.toString();
    assertTrue(text.contains("rule shell-in-a-pod fires"), text);
    assertTrue(text.contains("yes  severity CRITICAL is at least MEDIUM"), text);
    assertTrue(text.contains("isolate-workload, by rules shell-in-a-pod"), text);
    assertTrue(text.contains("on Pod shop/cart-1 of aws-eu"), text);
  }

  @Test
  void whatNoRuleProposesAnythingForIsSaidWithTheConditionThatIsNotMet() throws IOException {
    String rules = file("r.json", RULES);

    assertEquals(
        1, run("rules", "test", rules, "--alert", file("a.json", ALERT.formatted("Critical"))));

    String text = out.toString();
    assertTrue(text.contains("no   cluster local is one of [aws-*]"), text);
    assertTrue(text.contains("Nothing is proposed"), text);
  }

  @Test
  void anAlertThatIsNotUnderstoodIsNoVerdictOnTheRules() throws IOException {
    assertEquals(
        2, run("rules", "test", file("r.json", RULES), "--alert", file("a.json", "{\"a\":1}")));
    assertEquals(2, run("rules", "test", file("r.json", RULES), "--alert", "/nowhere"));
  }
}
