package witan.cluster.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.cluster.client.CouncilOptions;
import witan.cluster.watch.AskCommands;
import witan.http.auth.Role;

/** What stands beside a case. */
final class NoteCommands {
  private static final int MOST_OF_A_NAME = 100;

  private NoteCommands() {}

  private static int add(CouncilOptions options, CommandSpec spec, String caseId, String text)
      throws Exception {
    return AskCommands.post(
        options, Role.VOTER, spec, "/v1/cases/" + caseId + "/notes", Map.of("text", text));
  }

  /** {@code witan case note CASE TEXT}. */
  @Command(
      name = "note",
      mixinStandardHelpOptions = true,
      description =
          "Adds a note to a case, open or closed. It is logged, and cannot be taken back; it moves"
              + " nothing.")
  static final class Note implements Callable<Integer> {
    @Mixin CouncilOptions options = new CouncilOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "CASE")
    String caseId = "";

    @Parameters(index = "1", paramLabel = "TEXT")
    String text = "";

    @Override
    public Integer call() throws Exception {
      return add(options, spec, caseId, text);
    }
  }

  /** {@code witan case assign CASE NAME}. */
  @Command(
      name = "assign",
      mixinStandardHelpOptions = true,
      description =
          "Says who looks at a case: a note that 'case list' and 'case show' read. It gives nobody"
              + " a right, and takes none.")
  static final class Assign implements Callable<Integer> {
    @Mixin CouncilOptions options = new CouncilOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "CASE")
    String caseId = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "a member's handle, or any name")
    String name = "";

    @Override
    public Integer call() throws Exception {
      if (name.isBlank() || name.length() > MOST_OF_A_NAME || name.indexOf('\n') >= 0) {
        throw new StartException("a name is one line of 1 to " + MOST_OF_A_NAME + " characters");
      }
      return add(options, spec, caseId, Assignment.text(name.strip()));
    }
  }

  /** {@code witan case notes CASE}. */
  @Command(
      name = "notes",
      mixinStandardHelpOptions = true,
      description = "The notes of a case, the oldest first.")
  static final class Notes implements Callable<Integer> {
    @Mixin CouncilOptions options = new CouncilOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CASE")
    String caseId = "";

    @Option(names = "--json", description = "the council's JSON, for programs")
    boolean json;

    @Override
    public Integer call() throws Exception {
      JsonNode notes = options.api().get("/v1/cases/" + caseId + "/notes", options.token());
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(notes);
      } else if (notes.path("items").isEmpty()) {
        out.println("There is no note.");
      } else {
        notes.path("items").forEach(note -> CaseText.note(0, note).forEach(out::println));
      }
      out.flush();
      return 0;
    }
  }
}
