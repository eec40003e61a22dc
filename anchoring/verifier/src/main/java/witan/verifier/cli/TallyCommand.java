package witan.verifier.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import witan.codec.bundle.Bundle;
import witan.evidence.BallotLines;
import witan.evidence.report.Report;

/** {@code tally}. */
@Command(
    name = "tally",
    description =
        "Recounts a decision from the ballots and weights of a bundle, and trusts both: whether"
            + " they are the council's, only the command bundle says.")
final class TallyCommand extends Checking {
  @Parameters(paramLabel = "FILE", description = "<case>.witan")
  private Path file;

  @Override
  List<Check> checks() {
    return List.of(new Check("tally " + file, this::check));
  }

  private void check(Report report) {
    Bundle bundle = read(file, Bundle.MAX_BYTES, Bundle::parse);
    Optional<List<String>> ballots = report.find("ballots", () -> BallotLines.ballots(bundle));
    ballots.ifPresent(lines -> report.table(lines));
    report.check("recount", () -> BallotLines.recount(bundle));
    report.remark("log, weights", "taken as they stand in the file");
  }
}
