package witan.cluster.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.cluster.client.ApiClient;
import witan.cluster.client.CouncilOptions;

/** {@code witan case list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "The newest cases: how old, how severe, in which phase, for whom they wait, and in brackets"
            + " who looks at them.")
final class CaseListCommand implements Callable<Integer> {
  private static final int MOST = 100;
  private static final int TITLE = 60;

  @Mixin CouncilOptions options = new CouncilOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--phase",
      description =
          "observing, voting, approved, rejected, expired, vetoed, executing or closed (default:"
              + " all)")
  @Nullable String phase;

  @Option(names = "--severity", description = "so severe at least: low, medium, high or critical")
  @Nullable String severity;

  @Option(names = "--limit", description = "1 to " + MOST + " (default: ${DEFAULT-VALUE})")
  int limit = 20;

  @Option(names = "--json", description = "one JSON document, for programs")
  boolean json;

  @Override
  public Integer call() throws Exception {
    if (limit < 1 || limit > MOST) {
      throw new StartException("--limit is 1 to " + MOST);
    }
    ApiClient api = options.api();
    String token = options.token();
    JsonNode page =
        api.get(
            "/v1/cases?limit=" + limit + filter("phase", phase) + filter("severity", severity),
            token);
    for (JsonNode one : page.path("items")) {
      if (!one.path("phase").asText().equals("CLOSED")) {
        complete((ObjectNode) one, api, token);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(page);
    } else {
      print(page, out);
    }
    out.flush();
    return 0;
  }

  private static String filter(String name, @Nullable String value) {
    if (value == null) {
      return "";
    }
    if (!value.matches("[A-Za-z]+")) {
      throw new StartException("--" + name + " is a word");
    }
    return "&" + name + "=" + value.toLowerCase(Locale.ROOT);
  }

  /** The list alone does not say why each waits, and who looks at it. */
  private static void complete(ObjectNode line, ApiClient api, String token)
      throws IOException, InterruptedException {
    String path = "/v1/cases/" + line.path("caseId").asText();
    line.set("waits", api.get(path, token).path("waits"));
    Assignment.of(api.get(path + "/notes", token)).ifPresent(name -> line.put("assigned", name));
  }

  private static void print(JsonNode page, PrintWriter out) {
    if (page.path("items").isEmpty()) {
      out.println("There is no such case.");
      return;
    }
    Instant now = Instant.now();
    out.printf("%4s  %-8s  %-9s  %-14s  %s%n", "age", "severity", "phase", "waits for", "case");
    for (JsonNode one : page.path("items")) {
      out.printf(
          "%4s  %-8s  %-9s  %-14s  %s%n",
          Lines.age(Instant.parse(one.path("openedAt").asText()), now),
          one.path("alerts").asInt(1) == 0 ? "-" : one.path("severity").asText(),
          one.path("phase").asText().toLowerCase(Locale.ROOT),
          Lines.cut(one.at("/waits/0/who").asText("-"), 14),
          one.path("caseId").asText());
      String assigned = one.path("assigned").asText();
      out.println(
          "      "
              + Lines.cut(one.path("title").asText(), TITLE)
              + (assigned.isEmpty() ? "" : " [" + Lines.cut(assigned, 10) + "]"));
    }
    if (!page.path("next").isNull()) {
      out.println("There are more: --limit, --phase, --severity.");
    }
  }
}
