package witan.cluster.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import witan.cluster.CommandMaker;
import witan.cluster.client.CouncilOptions;
import witan.cluster.vote.ContainmentOnCommand;
import witan.codec.json.Json;
import witan.http.auth.Role;

/** {@code witan containment [status]}; what is below it switches. */
@Command(
    name = "containment",
    mixinStandardHelpOptions = true,
    description = {
      "What is done before a decision: whether it may be, who switched it when and why, and the"
          + " leases that are held.",
      "Exit codes: 0 done, 1 the council refused, 2 it could not be tried."
    })
public final class ContainmentCommand implements Callable<Integer> {
  private static final CommandMaker GROUP =
      CommandMaker.group(ContainmentCommand::new, List.of(Status.class, Off.class));

  /** With what is below it: {@code on} is {@code vote containment-on}. */
  public static final CommandMaker MAKER =
      words -> {
        CommandLine line = GROUP.make(words);
        line.addSubcommand("on", new CommandLine(new ContainmentOnCommand()).setCommandName("on"));
        return line;
      };

  @Mixin CouncilOptions options = new CouncilOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    return show(options, spec, false);
  }

  private static int show(CouncilOptions options, CommandSpec spec, boolean json) throws Exception {
    JsonNode now = options.api().get("/v1/containment", options.token());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(now);
    } else {
      print(now, out);
    }
    out.flush();
    return 0;
  }

  private static void print(JsonNode now, PrintWriter out) {
    out.println("Provisional containment is " + (now.path("on").asBoolean() ? "ON." : "OFF."));
    JsonNode last = now.path("lastSwitch");
    if (last.isObject()) {
      String by = last.at("/said/signed/statement/member").asText(last.path("by").asText());
      out.printf(
          "  switched %s at %s by %s%n",
          last.path("on").asBoolean() ? "on" : "off", Lines.time(last.path("at").asText()), by);
      Lines.wrapped(2, "because: " + last.path("reason").asText()).forEach(out::println);
    } else {
      out.println("  It was never switched.");
    }
    out.println("  granted within an hour: " + now.path("grantedWithinAnHour").asText());
    for (JsonNode lease : now.path("active")) {
      out.printf(
          "  held: case %s since %s%s%n",
          lease.path("caseId").asText(),
          Lines.time(lease.path("at").asText()),
          lease.path("revoked").asBoolean() ? ", to be taken back" : "");
    }
  }

  /** {@code witan containment status}. */
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Whether it may be, who switched it when and why, and the leases.")
  static final class Status implements Callable<Integer> {
    @Mixin CouncilOptions options = new CouncilOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "the council's JSON, for programs")
    boolean json;

    @Override
    public Integer call() throws Exception {
      return show(options, spec, json);
    }
  }

  /** {@code witan containment off}. */
  @Command(
      name = "off",
      mixinStandardHelpOptions = true,
      description = {
        "The kill switch, with an operator's token: nothing more is done before a decision. Only a"
            + " member switches it on again, with a signature: 'witan containment on'."
      })
  static final class Off implements Callable<Integer> {
    @Mixin CouncilOptions options = new CouncilOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Option(names = "--reason", required = true, description = "why; it is logged")
    String reason = "";

    @Option(
        names = "--revert",
        description =
            "take back at once what is held (default: it is held until its lease or the vote ends)")
    boolean revert;

    @Override
    public Integer call() throws Exception {
      JsonNode receipt =
          options
              .api()
              .put(
                  "/v1/containment",
                  options.token(Role.OPERATOR),
                  Json.canonical(
                      Json.mapper()
                          .valueToTree(Map.of("on", false, "revert", revert, "reason", reason))));
      PrintWriter out = spec.commandLine().getOut();
      out.println("Off: logged as entry " + receipt.path("index").asText() + ".");
      out.println(
          "A member switches it on again: ./witan containment on --key-file FILE --reason TEXT");
      out.flush();
      return 0;
    }
  }
}
