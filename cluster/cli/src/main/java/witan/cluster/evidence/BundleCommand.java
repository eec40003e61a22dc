package witan.cluster.evidence;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.cluster.client.CouncilOptions;
import witan.domain.common.CaseId;

/** {@code witan bundle}. */
@Command(
    name = "bundle",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the evidence bundle of a case: what was decided, by whom and what was done; or, where"
          + " it was closed without a vote, why nothing was done.",
      "Exit codes: 0 done, 1 the council refused, 2 it could not be tried."
    })
public final class BundleCommand implements Callable<Integer> {
  @Mixin private CouncilOptions options = new CouncilOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "CASE", description = "id of the case")
  private String caseId = "";

  @Option(names = "--out", description = "the file to write (default: CASE.witan)")
  private @Nullable Path out;

  @Override
  public Integer call() throws Exception {
    Path given = out;
    Path file = given == null ? Path.of(id() + ".witan") : given;
    byte[] bundle = options.api().getBytes("/v1/cases/" + id() + "/bundle", options.token());
    Files.write(file, bundle);
    PrintWriter said = spec.commandLine().getOut();
    said.println("Written to " + file + " (" + bundle.length + " bytes).");
    said.println("To verify it, with a trust file that you did not get from this council:");
    said.println("  ./witan verify " + file + " --trust trust.json --rpc URL");
    said.println("(URL of a node of the chain; without --rpc the anchor stays a claim.)");
    said.flush();
    return 0;
  }

  /** It becomes a path and a file's name. */
  private String id() {
    try {
      return new CaseId(caseId).value();
    } catch (IllegalArgumentException e) {
      throw new StartException("'" + caseId + "' is no id of a case: " + e.getMessage());
    }
  }
}
