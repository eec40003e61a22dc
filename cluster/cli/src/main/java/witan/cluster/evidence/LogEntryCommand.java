package witan.cluster.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.codec.entry.Entry;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.LogIndex;
import witan.evidence.CheckFailed;
import witan.evidence.report.Report;
import witan.log.checkpoint.Checkpoint;
import witan.log.proof.Proofs;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** {@code witan log entry}. */
@Command(
    name = "entry",
    mixinStandardHelpOptions = true,
    description = {
      "Shows an entry of the log, in words and as it is logged; with --proof also that it is under"
          + " the log's checkpoint.",
      "Exit codes: 0 done or proven, 1 disproved or the council refused, 2 could not check, 3"
          + " proven but for what is named."
    })
final class LogEntryCommand implements Callable<Integer> {
  @Mixin private LogTrust trust = new LogTrust();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "INDEX", description = "index in the log, from 0")
  private long index;

  @Option(names = "--proof", description = "check that it is in the log")
  private boolean proof;

  @Option(names = "--json", description = "only the entry, byte for byte as it is logged")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    byte[] bytes = trust.options.api().getBytes("/v1/log/entries/" + index, trust.options.token());
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      out.print(words(Entry.parse(bytes)));
    }
    out.println(new String(bytes, StandardCharsets.UTF_8));
    int code = proof ? proven(bytes, out) : 0;
    out.flush();
    return code;
  }

  private String words(Entry entry) {
    CaseId caseId = entry.caseId();
    Digest policy = entry.pol();
    return "Entry "
        + index
        + ": "
        + entry.type()
        + ", number "
        + entry.seq()
        + " of "
        + entry.pid()
        + "\n"
        + TrustLines.line("at", entry.at() + " (the council's clock)")
        + "\n"
        + TrustLines.line("by", entry.actor())
        + "\n"
        + (caseId == null ? "" : TrustLines.line("case", caseId.value()) + "\n")
        + (policy == null ? "" : TrustLines.line("policy", policy.hex()) + "\n")
        + TrustLines.line("after", entry.seq() == 1 ? "nothing" : entry.prev().hex())
        + "\n"
        + TrustLines.line("values", entry.body() + " (their salted hashes; not in the log)")
        + "\n\n";
  }

  private int proven(byte[] bytes, PrintWriter out) throws Exception {
    trust.read();
    JsonNode said =
        trust.options.api().get("/v1/log/proof/inclusion?index=" + index, trust.options.token());
    Report report = new Report("entry " + index);
    Optional<Checkpoint> head =
        report.find("checkpoint", () -> trust.open(said.path("checkpoint").asText()));
    head.ifPresent(
        checkpoint -> report.check("inclusion", () -> included(bytes, said, checkpoint)));
    if (!trust.given()) {
      report.open("log key", "it is the council's own word: give --trust");
    }
    out.print("\n" + report.text());
    return report.verdict().exitCode();
  }

  private String included(byte[] bytes, JsonNode said, Checkpoint head) {
    List<Hash> path = new ArrayList<>();
    said.path("hashes").forEach(hash -> path.add(Hash.of(Digest.read(hash.asText()).bytes())));
    CheckFailed.unless(
        Proofs.verifyInclusion(
            LogIndex.inTree(index), head.size(), Hashing.leaf(bytes), path, head.root()),
        "the proof does not lead from the entry to the checkpoint's root");
    return "it is entry " + index + " of " + head.size() + ", by " + path.size() + " hashes";
  }
}
