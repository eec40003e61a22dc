package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import witan.cluster.client.ApiClient;
import witan.domain.registry.MemberStatement;

/** {@code witan vote containment-on}. */
@Command(
    name = "containment-on",
    mixinStandardHelpOptions = true,
    description = {
      "Switches provisional containment on again, signed with your key. An operator's token switches"
          + " it off; none switches it on.",
      "Exit codes: 0 logged; 1 the council refused; 2 it could not be tried; 3 you did not"
          + " confirm."
    })
public final class ContainmentOnCommand implements Callable<Integer> {
  @Mixin StatementOptions options = new StatementOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    return options.sign(
        spec,
        null,
        "/v1/containment/on",
        "",
        ContainmentOnCommand::tell,
        said ->
            new MemberStatement.ContainmentOn(
                said.council(),
                said.caseId(),
                said.reasonHash(),
                said.member(),
                said.nonce(),
                said.deadline()),
        "On");
  }

  private static void tell(ApiClient api, String token, PrintWriter out)
      throws IOException, InterruptedException {
    JsonNode last = api.get("/v1/containment", token).path("lastSwitch");
    out.println(
        "Provisional containment was last switched "
            + (last.path("on").asBoolean() ? "on" : "off")
            + ", because: "
            + last.path("reason").asText());
    out.println("You switch it on.");
  }
}
