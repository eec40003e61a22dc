package witan.cluster.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import witan.cluster.CommandMaker;
import witan.cluster.change.CouncilNow.Seated;
import witan.cluster.client.ApiClient;
import witan.cluster.client.CouncilOptions;
import witan.codec.json.Json;

/** {@code witan member}. */
@Command(
    name = "member",
    mixinStandardHelpOptions = true,
    description =
        "Who is in the council. Changes are voted on: 'witan propose member'; delegations and keys"
            + " are each member's own: 'witan delegate', 'witan key'.")
public final class MemberCommand implements Callable<Integer> {
  /** With what is below it. */
  public static final CommandMaker MAKER =
      CommandMaker.group(MemberCommand::new, List.of(ListAll.class));

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "What of members? 'member list'");
  }

  /** {@code witan member list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "Members, their keys and weights. The share is that of the tokens of all who vote, before a"
            + " policy's weighting and cap; automation proposes, and never votes."
      })
  static final class ListAll implements Callable<Integer> {
    private static final BigInteger WHOLE_BPS = BigInteger.valueOf(10_000);
    private static final String LINE = "%-16s  %-16s  %-10s  %9s  %8s%n";

    @Mixin CouncilOptions options = new CouncilOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "one JSON document, for programs: basis points")
    boolean json;

    @Override
    public Integer call() throws Exception {
      ApiClient api = options.api();
      String token = options.token();
      PrintWriter out = spec.commandLine().getOut();
      List<JsonNode> lines = api.items("/v1/members", token);
      List<Seated> members = lines.stream().map(CouncilNow::seated).toList();
      BigInteger total = CouncilNow.total(members);
      List<DelegationNow> delegations = DelegationNow.read(api, token, Instant.now());
      if (json) {
        out.println(document(lines, members, total, delegations));
        return 0;
      }
      out.printf(LINE, "member", "organisation", "role", "tokens", "share");
      for (int i = 0; i < members.size(); i++) {
        tell(out, members.get(i), total, delegations, lines.get(i).path("formerKeys").size());
      }
      out.printf("%s tokens vote.%n", total);
      return 0;
    }

    private static void tell(
        PrintWriter out, Seated member, BigInteger total, List<DelegationNow> all, int former) {
      out.printf(
          LINE,
          member.name(),
          member.organisation(),
          member.role(),
          member.tokens().add(member.bonded()),
          member.power().signum() == 0 ? "-" : Words.percent(member.power(), total));
      out.println(
          "  "
              + (member.address() == null ? "no key: it was revoked" : member.address().hex())
              + (former == 0
                  ? ""
                  : ", key changed" + (former == 1 ? "" : " " + former + " times")));
      for (DelegationNow one : all) {
        if (one.delegator().equals(member.name())) {
          out.printf(
              "  delegates %s to %s%n", DelegationNow.words(one.urgencies()), one.delegate());
        } else if (one.delegate().equals(member.name())) {
          out.printf(
              "  votes for %s in %s%n", one.delegator(), DelegationNow.words(one.urgencies()));
        }
      }
    }

    private static JsonNode document(
        List<JsonNode> lines, List<Seated> members, BigInteger total, List<DelegationNow> all) {
      ObjectNode document = Json.mapper().createObjectNode().put("total", total.toString());
      for (int i = 0; i < members.size(); i++) {
        Seated member = members.get(i);
        ObjectNode line = lines.get(i).deepCopy();
        line.put(
            "shareBps",
            total.signum() == 0
                ? 0
                : member.power().multiply(WHOLE_BPS).divide(total).intValueExact());
        line.set("delegatesTo", Json.mapper().valueToTree(names(all, member.name(), true)));
        line.set("votesFor", Json.mapper().valueToTree(names(all, member.name(), false)));
        document.withArray("members").add(line);
      }
      return document;
    }

    private static List<String> names(List<DelegationNow> all, String member, boolean from) {
      List<String> names = new ArrayList<>();
      for (DelegationNow one : all) {
        if (member.equals(from ? one.delegator() : one.delegate())) {
          names.add(from ? one.delegate() : one.delegator());
        }
      }
      return names;
    }
  }
}
