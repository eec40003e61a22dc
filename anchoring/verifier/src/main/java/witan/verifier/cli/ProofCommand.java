package witan.verifier.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import witan.evidence.Trust;
import witan.evidence.WitnessChecks;
import witan.evidence.report.Report;
import witan.log.checkpoint.Checkpoint;
import witan.log.proof.TlogProof;
import witan.log.tile.EntryBundle;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** {@code proof}. */
@Command(name = "proof", description = "Checks that an entry is in the log, by a C2SP tlog-proof.")
final class ProofCommand extends Checking {
  private static final int MAX_PROOF = 1 << 20;

  @Parameters(paramLabel = "FILE", description = "The proof (c2sp.org/tlog-proof@v1).")
  private Path file;

  @Option(
      names = "--entry",
      paramLabel = "FILE",
      required = true,
      description = "The entry's bytes.")
  private Path entryFile;

  @Option(names = "--trust", paramLabel = "TRUST", required = true, description = "Trust file.")
  private Path trustFile;

  @Override
  List<Check> checks() {
    return List.of(new Check("proof " + file + " of " + entryFile, this::check));
  }

  private void check(Report report) {
    Trust trust = trust(trustFile);
    TlogProof proof = read(file, MAX_PROOF, bytes -> TlogProof.parse(text(bytes)));
    Hash leaf = Hashing.leaf(bytes(entryFile, EntryBundle.MAX_ENTRY));
    report.check(
        "inclusion",
        () -> {
          Checkpoint checkpoint = proof.verify(leaf, trust.keysOf(proof.checkpoint()));
          return "the entry is number "
              + proof.index()
              + " of the "
              + checkpoint.size()
              + " that "
              + checkpoint.origin()
              + " signed";
        });
    WitnessChecks.run(proof.checkpoint(), trust, report);
    proof.extra().ifPresent(hint -> report.remark("extra", "a hint, which nothing vouches for"));
  }
}
