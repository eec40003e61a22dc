package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import witan.cluster.text.Lines;
import witan.cluster.text.Roll;
import witan.domain.common.Digest;

/** {@code witan vote}: lists what is open; its subcommands show one proposal and cast a ballot. */
@Command(
    name = "vote",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the proposals that are open for votes, with a key what you voted; 'vote show' shows"
          + " one, 'vote cast' votes,"
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
  @Mixin VoterOptions voter = new VoterOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "one JSON document, for programs")
  boolean json;

  @Override
  public Integer call() throws Exception {
    ApiClient api = options.api();
    String token = options.token();
    JsonNode list = api.get("/v1/proposals?phase=voting&limit=100", token).path("items");
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(list);
      return 0;
    }
    if (list.isEmpty()) {
      out.println("No proposal is open.");
      return 0;
    }
    Optional<String> who = voter.voter();
    Lines lines = Lines.ofTerminal();
    VoteList text = new VoteList(Instant.now(), lines);
    Map<Digest, Roll> rolls = new HashMap<>();
    for (JsonNode item : list) {
      Proposal one = Proposal.read(api, token, item.path("caseId").asText());
      Roll roll = Roll.unknown();
      if (who.isPresent()) {
        Digest electorate = one.content().snapshotDigest();
        Roll known = rolls.get(electorate);
        // Many votes have one electorate, of up to a megabyte.
        roll = known == null ? one.roll(api, token) : known;
        rolls.put(electorate, roll);
      }
      text.add(item, one.answer(), roll, who);
    }
    out.print(lines);
    out.flush();
    return 0;
  }

  /** {@code witan vote show CASE}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "What happened, what each option does, how the vote stands and what is missing; after it,"
            + " what came of it.",
        "With a key or --as: your weight, what is delegated to you, and your ballot. What a ballot"
            + " commits to is worked out here and not taken from the council."
      })
  static final class Show implements Callable<Integer> {
    @Mixin CouncilOptions options = new CouncilOptions();
    @Mixin VoterOptions voter = new VoterOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "the council's JSON, for programs")
    boolean json;

    @Parameters(paramLabel = "CASE", description = "as 'witan vote' lists it")
    String caseId = "";

    @Override
    public Integer call() throws Exception {
      ApiClient api = options.api();
      String token = options.token();
      PrintWriter out = spec.commandLine().getOut();
      Proposal proposal = Proposal.read(api, token, caseId);
      if (json) {
        out.println(proposal.json());
      } else {
        Dossier dossier = Dossier.read(api, token, proposal);
        out.print(
            ProposalText.of(proposal, dossier, voter.voter(), Instant.now(), Lines.ofTerminal()));
      }
      out.flush();
      return 0;
    }
  }
}
