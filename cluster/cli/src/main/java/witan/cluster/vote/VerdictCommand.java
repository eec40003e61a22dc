package witan.cluster.vote;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.client.ApiClient;
import witan.domain.registry.MemberStatement;
import witan.domain.reputation.Verdict;

/** {@code witan vote verdict CASE VERDICT}. */
@Command(
    name = "verdict",
    mixinStandardHelpOptions = true,
    description = {
      "Says, signed with your key, what the incident of a closed case turned out to be. It moves"
          + " the reputation of who proposed, voted and kept duty; the first verdict on a case"
          + " stands. No token says this.",
      "Exit codes: 0 logged; 1 the council refused; 2 it could not be tried; 3 you did not"
          + " confirm."
    })
final class VerdictCommand implements Callable<Integer> {
  @Mixin StatementOptions options = new StatementOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "CASE")
  String caseId = "";

  @Parameters(index = "1", paramLabel = "VERDICT", description = "one of ${COMPLETION-CANDIDATES}")
  Verdict verdict = Verdict.INCONCLUSIVE;

  @Override
  public Integer call() throws Exception {
    return options.sign(
        spec,
        caseId,
        "/v1/cases/" + caseId + "/verdict",
        "verdict=" + verdict + "&",
        this::tell,
        said ->
            new MemberStatement.Verdict(
                said.council(),
                said.caseId(),
                verdict,
                said.reasonHash(),
                said.member(),
                said.nonce(),
                said.deadline()),
        "Logged");
  }

  private void tell(ApiClient api, String token, PrintWriter out)
      throws IOException, InterruptedException {
    out.println(
        "Case " + caseId + ": " + api.get("/v1/cases/" + caseId, token).path("title").asText());
    out.println("You say that it was: " + verdict + ".");
  }
}
