package witan.cluster.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.client.ApiClient;
import witan.cluster.client.CouncilOptions;

/** {@code witan case show CASE}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "What happened, why the case waits and for whom, where the vote stands, what was done, and"
            + " how far the log proves it.")
final class CaseShowCommand implements Callable<Integer> {
  @Mixin CouncilOptions options = new CouncilOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "CASE", description = "as 'witan case list' lists it")
  String caseId = "";

  @Option(names = "--json", description = "one JSON document, for programs")
  boolean json;

  @Override
  public Integer call() throws Exception {
    ApiClient api = options.api();
    String token = options.token();
    JsonNode details = api.get("/v1/cases/" + caseId, token);
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.set("case", details);
    if (details.path("proposal").isTextual()) {
      all.set("proposal", api.get("/v1/proposals/" + caseId, token));
    }
    if (details.path("execution").isObject()) {
      all.set("execution", api.get("/v1/executions/" + caseId, token));
    }
    all.set("related", api.get("/v1/cases/" + caseId + "/related", token));
    all.set("notes", api.get("/v1/cases/" + caseId + "/notes", token));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(all);
    } else {
      new CaseText(all, Instant.now()).lines().forEach(out::println);
    }
    out.flush();
    return 0;
  }
}
