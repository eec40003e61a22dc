package witan.cluster.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.CommandMaker;
import witan.cluster.StartException;
import witan.codec.detection.AlertFormats;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.detection.Alert;
import witan.domain.detection.IngestContext;
import witan.domain.detection.Normalised;
import witan.domain.detection.SuppressionRules;
import witan.domain.response.ResponseRule;
import witan.domain.response.ResponseRules;

/** {@code witan rules}; its subcommands do the work, and ask no council. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = {
      "Files of rules (docs/rules.md), read and tried as a node does; no council is asked.",
      "Exit codes: 0 valid, or something is proposed; 1 not valid, or nothing is; 2 it could not be"
          + " tried."
    })
public final class RulesCommand implements Callable<Integer> {
  /** With what is below it. */
  public static final CommandMaker MAKER =
      CommandMaker.group(RulesCommand::new, List.of(Validate.class, Test.class));

  /** As large as an alert may be that a council takes. */
  private static final Limits ALERT = Limits.ofBytes(48 << 10);

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say what: validate or test");
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new StartException("cannot read " + file);
    }
  }

  /** {@code witan rules validate FILE}. */
  @Command(
      name = "validate",
      mixinStandardHelpOptions = true,
      description =
          "Whether a node would start with the file, of response rules or of suppression rules.")
  static final class Validate implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE")
    Path file = Path.of("");

    @Override
    public Integer call() {
      byte[] bytes = bytes(file);
      try {
        spec.commandLine().getOut().println("Valid: " + said(bytes));
        spec.commandLine().getOut().flush();
        return 0;
      } catch (JsonRefused e) {
        spec.commandLine().getErr().println(file + ": " + e.getMessage());
        return 1;
      }
    }

    /** Suppression rules have a reason, response rules a playbook. */
    private static String said(byte[] bytes) {
      JsonNode first = Json.parse(bytes, Limits.DEFAULT).at("/rules/0");
      if (first.has("reason")) {
        SuppressionRules rules = Json.read(SuppressionRules.class, bytes);
        return "suppression rules, version %d, %d of them"
            .formatted(rules.version(), rules.rules().size());
      }
      ResponseRules rules = Json.read(ResponseRules.class, bytes);
      return "response rules, version %d, %d of them"
          .formatted(rules.version(), rules.rules().size());
    }
  }

  /** {@code witan rules test FILE --alert ALERT}. */
  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = {
        "What response rules propose for an alert, with each condition of each rule. Of several"
            + " sensors' alerts of one case: POST /v1/rules/evaluate."
      })
  static final class Test implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "response rules")
    Path file = Path.of("");

    @Option(
        names = "--alert",
        required = true,
        paramLabel = "ALERT",
        description = "file with one alert, as its sensor sends it")
    Path alert = Path.of("");

    @Option(names = "--format", description = "of the alert (default: told from it)")
    @Nullable String format;

    @Option(
        names = "--cluster",
        description = "that its sensor watches (default: ${DEFAULT-VALUE})")
    String cluster = "local";

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try {
        ResponseRules rules = Json.read(ResponseRules.class, bytes(file));
        ResponseRules.Evaluation evaluation = rules.evaluate(List.of(read(out)));
        evaluation.outcomes().forEach(outcome -> print(outcome, out));
        boolean nothing = evaluation.proposed().isEmpty();
        out.println(nothing ? "Nothing is proposed: the case waits for a member." : "Proposed:");
        for (ResponseRules.Proposed one : evaluation.proposed()) {
          out.println("  " + one.playbook() + ", by rules " + String.join(", ", one.rules()));
          if (one.targets().isEmpty()) {
            out.println("    on nothing: the alert names no pod");
          }
          one.targets()
              .forEach(
                  t ->
                      out.printf(
                          "    on %s %s/%s of %s%n",
                          t.kind(), t.namespace(), t.name(), t.cluster()));
        }
        return nothing ? 1 : 0;
      } catch (JsonRefused e) {
        spec.commandLine().getErr().println(e.getMessage());
        return 1;
      } finally {
        out.flush();
      }
    }

    private Alert read(PrintWriter out) {
      byte[] bytes = bytes(alert);
      Normalised normalised =
          AlertFormats.ALL.normalise(
              Json.toTree(Json.parse(bytes, ALERT)),
              format,
              new IngestContext(
                  "a-sensor",
                  cluster,
                  new JcsContentHasher().text(new String(bytes, StandardCharsets.UTF_8)),
                  Instant.now().truncatedTo(ChronoUnit.MILLIS)));
      if (normalised instanceof Normalised.Unreadable unreadable) {
        throw new StartException(
            alert + ": " + unreadable.refusal().message() + "; " + unreadable.refusal().hint());
      }
      if (normalised instanceof Normalised.NotAFinding other) {
        out.println("It would open no case: it is no finding (" + other.reason() + ").");
        return other.alert();
      }
      Alert finding = ((Normalised.Finding) normalised).alert();
      out.printf(
          "%s: %s %s, \"%s\"%n",
          finding.format(), finding.severity(), finding.resource().kind(), finding.title());
      return finding;
    }

    private static void print(ResponseRules.Outcome outcome, PrintWriter out) {
      out.printf("rule %s %s%n", outcome.rule(), outcome.fires() ? "fires" : "does not fire");
      for (ResponseRule.Condition condition : outcome.conditions()) {
        out.println("  " + (condition.met() ? "yes  " : "no   ") + condition.asks());
      }
    }
  }
}
