package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.client.ApiClient;
import witan.cluster.text.Sentences;
import witan.domain.registry.MemberStatement;

/** {@code witan vote confirm CASE STEP}, and {@code witan confirm CASE STEP}. */
@Command(
    name = "confirm",
    mixinStandardHelpOptions = true,
    description = {
      "Says, signed with your key, whether a step was done that waits for a person.",
      "The playbook goes on, or takes its failure branch. No token says this.",
      "Exit codes: 0 logged; 1 the council refused; 2 it could not be tried; 3 you did not"
          + " confirm."
    })
public final class ConfirmCommand implements Callable<Integer> {
  @Mixin StatementOptions options = new StatementOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "CASE")
  String caseId = "";

  @Parameters(index = "1", paramLabel = "STEP", description = "as 'witan watch' shows it")
  String step = "";

  @ArgGroup(multiplicity = "0..1")
  @Nullable Did did;

  /** One of the two. */
  static final class Did {
    @Option(names = "--done", required = true, description = "it was done (the default)")
    boolean done;

    @Option(names = "--not-done", required = true, description = "it was not, and will not be")
    boolean notDone;
  }

  @Override
  public Integer call() throws Exception {
    boolean done = did == null || !did.notDone;
    String path =
        "/v1/cases/"
            + caseId
            + "/steps/"
            + URLEncoder.encode(step, StandardCharsets.UTF_8).replace("+", "%20")
            + "/confirm";
    return options.sign(
        spec,
        caseId,
        path,
        "done=" + done + "&",
        (api, token, out) -> tell(api, token, out, done),
        said ->
            new MemberStatement.ConfirmStep(
                said.council(),
                said.caseId(),
                StatementOptions.digest(step),
                done,
                said.reasonHash(),
                said.member(),
                said.nonce(),
                said.deadline()),
        "Logged");
  }

  private void tell(ApiClient api, String token, PrintWriter out, boolean done)
      throws IOException, InterruptedException {
    JsonNode known = api.get("/v1/cases/" + caseId, token);
    out.println("Case " + caseId + ": " + Sentences.title(known));
    for (JsonNode waiting : known.at("/execution/waitingFor")) {
      if (waiting.path("step").asText().equals(step)) {
        out.println("Step " + step + " asks: " + waiting.at("/parameters/text").asText());
      }
    }
    out.println("You say that step " + step + (done ? " was done." : " was NOT done."));
  }
}
