package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.client.ApiClient;
import witan.cluster.text.Sentences;
import witan.domain.registry.MemberStatement;

/** {@code witan vote abort CASE}, and {@code witan abort CASE}. */
@Command(
    name = "abort",
    mixinStandardHelpOptions = true,
    description = {
      "Ends the execution of a case early, signed with your key.",
      "No further step begins; what was begun is observed, then what can be taken back is. No token"
          + " says this: an operator's can pause it ('witan pause').",
      "Exit codes: 0 logged; 1 the council refused; 2 it could not be tried; 3 you did not"
          + " confirm."
    })
public final class AbortCommand implements Callable<Integer> {
  @Mixin StatementOptions options = new StatementOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "CASE")
  String caseId = "";

  @Option(names = "--no-undo", description = "leave what was done as it is")
  boolean noUndo;

  @Override
  public Integer call() throws Exception {
    return options.sign(
        spec,
        caseId,
        "/v1/cases/" + caseId + "/abort",
        "undo=" + !noUndo + "&",
        this::tell,
        said ->
            new MemberStatement.Abort(
                said.council(),
                said.caseId(),
                !noUndo,
                said.reasonHash(),
                said.member(),
                said.nonce(),
                said.deadline()),
        "Aborted");
  }

  private void tell(ApiClient api, String token, PrintWriter out)
      throws IOException, InterruptedException {
    JsonNode known = api.get("/v1/cases/" + caseId, token);
    out.println("Case " + caseId + ": " + Sentences.title(known));
    out.println(
        "You end its execution: no further step begins, and what was done is "
            + (noUndo ? "LEFT AS IT IS." : "taken back, where it can be."));
  }
}
