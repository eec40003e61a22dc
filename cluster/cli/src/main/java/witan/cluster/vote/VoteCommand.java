package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.CommandMaker;
import witan.cluster.client.ApiClient;
import witan.cluster.client.CouncilOptions;

/** {@code witan vote}: lists what is open; its subcommands show one proposal and cast a ballot. */
@Command(
    name = "vote",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the proposals that are open for votes; 'vote show' shows one, 'vote cast' votes,"
          + " 'vote veto' stops one, 'vote confirm' answers for a step that waits for a person,"
          + " 'vote abort' ends an execution early,"
          + " 'vote verdict' judges a closed case, 'vote containment-on' lifts the kill switch,"
          + " 'vote adopt' agrees that the log goes on from what is left of it.",
      "Exit codes: 0 done, 1 the council refused, 2 it could not be tried, 3 not confirmed."
    })
public final class VoteCommand implements Callable<Integer> {
  /** With what is below it. */
  public static final CommandMaker MAKER =
      CommandMaker.group(
          VoteCommand::new,
          List.of(
              Show.class,
              CastCommand.class,
              VetoCommand.class,
              ConfirmCommand.class,
              AbortCommand.class,
              VerdictCommand.class,
              ContainmentOnCommand.class,
              AdoptCommand.class));

  @Mixin CouncilOptions options = new CouncilOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "one JSON document, for programs")
  boolean json;

  @Override
  public Integer call() throws Exception {
    JsonNode list =
        options.api().get("/v1/proposals?phase=voting&limit=100", options.token()).path("items");
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(list);
      return 0;
    }
    if (list.isEmpty()) {
      out.println("No proposal is open.");
      return 0;
    }
    out.printf("%-6s  %-8s  %5s  %-36s  %s%n", "left", "severity", "votes", "case", "what");
    for (JsonNode one : list) {
      out.printf(
          "%-6s  %-8s  %5s  %-36s  %s%n",
          ProposalText.left(Instant.parse(one.path("deadline").asText()), Instant.now()),
          one.path("severity").asText(),
          one.path("votes").asText(),
          one.path("caseId").asText(),
          one.path("title").asText());
    }
    return 0;
  }

  /** {@code witan vote show CASE}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Options, what they act on, the count, and what is missing for each outcome.")
  static final class Show implements Callable<Integer> {
    @Mixin CouncilOptions options = new CouncilOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CASE", description = "as 'witan vote' lists it")
    String caseId = "";

    @Override
    public Integer call() throws Exception {
      ApiClient api = options.api();
      Proposal proposal = Proposal.read(api, options.token(), caseId);
      spec.commandLine().getOut().print(ProposalText.of(proposal, Instant.now()));
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
