package witan.verifier.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import witan.evidence.CheckFailed;
import witan.evidence.CouldNotCheck;
import witan.evidence.Found;
import witan.evidence.Trust;
import witan.evidence.WitnessChecks;
import witan.evidence.report.Report;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.SignedNote;
import witan.log.proof.Proofs;
import witan.log.tree.Hash;

/** {@code consistency}. */
@Command(
    name = "consistency",
    description = "Checks that a log has only grown between two of its checkpoints.")
final class ConsistencyCommand extends Checking {
  private static final int MAX_LINES = 1 << 14;

  @Option(names = "--from", paramLabel = "NOTE", required = true, description = "Older checkpoint.")
  private Path from;

  @Option(names = "--to", paramLabel = "NOTE", required = true, description = "Newer checkpoint.")
  private Path to;

  @Option(
      names = "--proof",
      paramLabel = "FILE",
      required = true,
      description = "Base 64 hashes, one a line; empty where the sizes are equal.")
  private Path proofFile;

  @Option(names = "--trust", paramLabel = "TRUST", required = true, description = "Trust file.")
  private Path trustFile;

  @Override
  List<Check> checks() {
    return List.of(new Check("consistency " + from + " to " + to, this::check));
  }

  private void check(Report report) {
    Trust trust = trust(trustFile);
    String older = read(from, SignedNote.MAX_LENGTH, Checking::text);
    String newer = read(to, SignedNote.MAX_LENGTH, Checking::text);
    List<Hash> proof = read(proofFile, MAX_LINES, ConsistencyCommand::hashes);
    Optional<Checkpoint> first = report.find("from", () -> open(older, trust));
    Optional<Checkpoint> second = report.find("to", () -> open(newer, trust));
    // The older one may come from before the witnesses did.
    first.ifPresent(c -> WitnessChecks.verified("older", older, trust, report));
    second.ifPresent(c -> WitnessChecks.run(newer, trust, report));
    if (first.isEmpty() || second.isEmpty()) {
      report.blocked("consistency", "both checkpoints");
      return;
    }
    report.check("consistency", () -> consistent(first.get(), second.get(), proof));
  }

  private static Found<Checkpoint> open(String note, Trust trust) {
    Checkpoint checkpoint = trust.checkpoint(note);
    return new Found<>(
        checkpoint, checkpoint.size() + " entries, root " + checkpoint.root() + ", signed");
  }

  private static String consistent(Checkpoint older, Checkpoint newer, List<Hash> proof) {
    CheckFailed.unless(
        older.size() != newer.size() || older.root().equals(newer.root()),
        "the log signed two roots for the size " + older.size() + ": it has forked");
    if (older.size() == 0 || older.size() > newer.size()) {
      throw new CouldNotCheck(
          "a proof leads from a smaller checkpoint, not empty, to a larger one");
    }
    CheckFailed.unless(
        Proofs.verifyConsistency(older.size(), newer.size(), older.root(), newer.root(), proof),
        "the proof does not lead from the older root to the newer one");
    return "the first "
        + older.size()
        + " of "
        + newer.size()
        + " entries are the same, by "
        + proof.size()
        + " hashes";
  }

  private static List<Hash> hashes(byte[] bytes) {
    return text(bytes).lines().map(Hash::ofBase64).toList();
  }
}
