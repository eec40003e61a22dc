package witan.cluster.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.CommandMaker;
import witan.cluster.StartException;
import witan.cluster.client.ApiClient;
import witan.cluster.client.CouncilOptions;
import witan.codec.json.Json;
import witan.http.auth.Role;

/** {@code witan playbook}: the catalogue of playbooks. */
@Command(
    name = "playbook",
    mixinStandardHelpOptions = true,
    description = {
      "The council's catalogue of playbooks.",
      "Exit codes: 0 done, 1 refused or not valid, 2 it could not be tried."
    })
public final class PlaybookCommand implements Callable<Integer> {
  /** With what is below it. */
  public static final CommandMaker MAKER =
      CommandMaker.group(
          PlaybookCommand::new,
          List.of(ListAll.class, Show.class, Put.class, Validate.class, Diff.class, Retire.class));

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 2;
  }

  /** One request, or a few, whose refusal is the answer. */
  abstract static class Action implements Callable<Integer> {
    @Mixin CouncilOptions options = new CouncilOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "the council's JSON, for programs")
    boolean json;

    @Override
    public final Integer call() throws IOException, InterruptedException {
      PrintWriter out = spec.commandLine().getOut();
      try {
        return run(options.api(), options.token(Role.OPERATOR), out) ? 0 : 1;
      } finally {
        out.flush();
      }
    }

    /** False where the answer was no. */
    abstract boolean run(ApiClient api, String token, PrintWriter out)
        throws IOException, InterruptedException;
  }

  /** {@code witan playbook list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "One line a name: the version that rules and proposals get now.")
  static final class ListAll extends Action {
    @Override
    boolean run(ApiClient api, String token, PrintWriter out)
        throws IOException, InterruptedException {
      List<JsonNode> items = api.items("/v1/playbooks", token);
      if (json) {
        out.println(Json.mapper().valueToTree(items).toString());
        return true;
      }
      String line = "%-26s  %7s  %-8s  %6s  %-20s  %s%n";
      out.printf(line, "name", "version", "status", "impact", "signed by", "digest");
      for (JsonNode item : items) {
        List<String> signers = new ArrayList<>();
        item.path("signedBy").forEach(s -> signers.add(s.path("signee").asText()));
        out.printf(
            line,
            item.path("name").asText(),
            item.path("version").asText(),
            item.path("status").asText(),
            item.path("impact").asText(),
            signers.isEmpty() ? "-" : String.join(", ", signers),
            item.path("digest").asText());
      }
      return true;
    }
  }

  /** {@code witan playbook show NAME}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the document, with its signatures; it can be put again as it is.")
  static final class Show extends Action {
    @Parameters(index = "0", paramLabel = "NAME")
    String name = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "VERSION",
        description = "default: the newest in use; 0: the shipped one")
    @Nullable Long version;

    @Override
    boolean run(ApiClient api, String token, PrintWriter out)
        throws IOException, InterruptedException {
      String query = version == null ? "" : "?version=" + version;
      out.println(api.get(path(name) + query, token).toPrettyString());
      return true;
    }
  }

  /** {@code witan playbook validate FILE}. */
  @Command(
      name = "validate",
      mixinStandardHelpOptions = true,
      description = "Prints everything that publishing would find; publishes nothing.")
  static final class Validate extends Action {
    @Parameters(paramLabel = "FILE", description = "a CACAO 2.0 playbook")
    Path file = Path.of("");

    @Override
    boolean run(ApiClient api, String token, PrintWriter out)
        throws IOException, InterruptedException {
      JsonNode answer = api.post("/v1/playbooks/validate", token, read(file));
      if (json) {
        out.println(answer);
      } else {
        out.print(validation(answer));
      }
      return answer.path("valid").asBoolean();
    }
  }

  /** {@code witan playbook put NAME FILE}. */
  @Command(
      name = "put",
      mixinStandardHelpOptions = true,
      description = "Publishes a playbook as the newest version of a name; needs an operator.")
  static final class Put extends Action {
    @Parameters(index = "0", paramLabel = "NAME", description = "of a-z, 0-9 and -")
    String name = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "a CACAO 2.0 playbook")
    Path file = Path.of("");

    @Override
    boolean run(ApiClient api, String token, PrintWriter out)
        throws IOException, InterruptedException {
      byte[] document = read(file);
      // tried first, so that every problem is shown and not the first alone
      JsonNode tried = api.post("/v1/playbooks/validate", token, document);
      if (!tried.path("valid").asBoolean()) {
        out.print(json ? tried + "\n" : validation(tried));
        return false;
      }
      JsonNode answer = api.put(path(name), token, document);
      if (json) {
        out.println(answer);
      } else {
        out.printf(
            "%s version %s, digest %s, %s log entry %s%n",
            name,
            answer.at("/playbook/version").asText(),
            answer.at("/playbook/digest").asText(),
            answer.at("/receipt/repeated").asBoolean() ? "there already," : "published,",
            answer.at("/receipt/index").asText());
      }
      return true;
    }
  }

  /** {@code witan playbook diff NAME FROM TO}. */
  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "What changed from one version to another.")
  static final class Diff extends Action {
    @Parameters(index = "0", paramLabel = "NAME")
    String name = "";

    @Parameters(index = "1", paramLabel = "FROM", description = "0: the shipped one")
    long from;

    @Parameters(index = "2", paramLabel = "TO")
    long to;

    @Override
    boolean run(ApiClient api, String token, PrintWriter out)
        throws IOException, InterruptedException {
      JsonNode diff = api.get(path(name) + "/diff?from=" + from + "&to=" + to, token);
      if (json) {
        out.println(diff);
        return true;
      }
      out.printf(
          "impact %s -> %s%n", diff.at("/from/impact").asText(), diff.at("/to/impact").asText());
      for (String part : List.of("steps", "variables")) {
        diff.path(part)
            .properties()
            .forEach(
                e ->
                    e.getValue()
                        .forEach(id -> out.println(part + " " + e.getKey() + " " + id.asText())));
      }
      for (JsonNode change : diff.path("changes")) {
        out.println(
            change.path("op").asText()
                + " "
                + change.path("path").asText()
                + " "
                + change.path("was")
                + " -> "
                + change.path("value"));
      }
      if (diff.path("truncated").asBoolean()) {
        out.println("... and more");
      }
      return true;
    }
  }

  /** {@code witan playbook retire NAME VERSION}. */
  @Command(
      name = "retire",
      mixinStandardHelpOptions = true,
      description = "Takes a version out of use for later proposals; needs an operator.")
  static final class Retire extends Action {
    @Parameters(index = "0", paramLabel = "NAME")
    String name = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "0: the shipped one")
    long version;

    @Option(names = "--reason", required = true, description = "is logged")
    String reason = "";

    @Override
    boolean run(ApiClient api, String token, PrintWriter out)
        throws IOException, InterruptedException {
      byte[] body =
          Json.canonical(
              Json.mapper().createObjectNode().put("version", version).put("reason", reason));
      JsonNode answer = api.post(path(name) + "/retirements", token, body);
      out.println(
          json
              ? answer.toString()
              : name
                  + " version "
                  + version
                  + " is retired, log entry "
                  + answer.at("/receipt/index").asText());
      return true;
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new StartException("cannot read " + file + ": " + e.getMessage());
    }
  }

  /** Where the API has a playbook of that name; refuses what is no name. */
  public static String path(String name) {
    if (!name.matches("[a-z0-9-]{1,64}")) {
      throw new StartException("a playbook's name is of a-z, 0-9 and -, not '" + name + "'");
    }
    return "/v1/playbooks/" + name;
  }

  private static String validation(JsonNode answer) {
    StringBuilder text = new StringBuilder();
    for (JsonNode problem : answer.path("problems")) {
      text.append(problem.path("pointer").asText())
          .append("  ")
          .append(problem.path("code").asText())
          .append(": ")
          .append(problem.path("reason").asText())
          .append('\n');
    }
    if (answer.path("valid").asBoolean()) {
      text.append("valid, impact ")
          .append(answer.path("impact").asText())
          .append(", digest ")
          .append(answer.path("digest").asText())
          .append('\n');
    }
    return text.toString();
  }
}
