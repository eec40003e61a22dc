package witan.verifier.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import witan.evidence.report.Report;
import witan.verifier.log.Fsck;

/** {@code fsck}. */
@Command(
    name = "fsck",
    description =
        "Hashes every entry of a mirrored log (C2SP tlog-tiles) and compares all tiles and"
            + " checkpoints.")
final class FsckCommand extends Checking {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      required = true,
      description = "Holds checkpoint, checkpoint.* and tile/.")
  private Path folder;

  @Option(names = "--trust", paramLabel = "TRUST", required = true, description = "Trust file.")
  private Path trustFile;

  @Override
  List<Check> checks() {
    return List.of(new Check("fsck " + folder, this::check));
  }

  private void check(Report report) {
    new Fsck(folder, trust(trustFile)).check(report);
  }
}
