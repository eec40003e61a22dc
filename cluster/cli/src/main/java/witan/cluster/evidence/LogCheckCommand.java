package witan.cluster.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.codec.bundle.Anchor;
import witan.codec.bundle.TrustedChain;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.evidence.CheckFailed;
import witan.evidence.Found;
import witan.evidence.report.Report;
import witan.log.checkpoint.Checkpoint;
import witan.log.proof.Proofs;
import witan.log.tile.TileId;
import witan.log.tile.TileProver;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;
import witan.verifier.chain.AnchorReader;
import witan.verifier.chain.JsonRpc;

/** {@code witan log check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies a running council's log from outside: the checkpoint's signature, that the log has"
          + " only grown since a kept one, its entries up to the root, and its last anchor.",
      "Exit codes: 0 proven, 1 disproved, 2 could not check, 3 proven but for what is named."
    })
final class LogCheckCommand implements Callable<Integer> {
  /** So many entries are hashed one by one; of more a sample is looked at. */
  private static final long MOST_WHOLE = 20_000;

  /** A multiple of a tile's entries. */
  private static final long STEP = 2_560;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Mixin private LogTrust trust = new LogTrust();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--since",
      paramLabel = "NOTE",
      description = "a checkpoint that was kept before: has the log only grown?")
  private @Nullable Path since;

  @Option(names = "--keep", paramLabel = "NOTE", description = "write the present one to this file")
  private @Nullable Path keep;

  @Option(names = "--rpc", paramLabel = "URL", description = "node of the chain, for the anchor")
  private @Nullable String rpc;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "of a log of more than " + MOST_WHOLE + " entries so many are looked at (default: 500)")
  private int sample;

  @Option(names = "--json", description = "one JSON document, for programs")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    trust.read();
    HttpTiles tiles = new HttpTiles(trust.options.api(), trust.options.token());
    Report report = new Report("log of " + tiles.api().base());
    // Before the checkpoint, which then has it.
    JsonNode anchors = trust.options.api().get("/v1/anchors", trust.options.token());
    try {
      String note = tiles.checkpoint();
      Optional<Checkpoint> head = report.find("checkpoint", () -> trust.open(note));
      if (head.isPresent()) {
        TileProver prover = new TileProver(tiles);
        grown(head.get(), prover, report);
        entries(head.get(), tiles, prover, report);
        anchor(anchors.path("last"), head.get(), prover, report);
        kept(note);
      }
      if (!trust.given()) {
        report.open("log key", "it is the council's own word: give --trust");
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    spec.commandLine().getOut().print(json ? report.json() : report.text());
    spec.commandLine().getOut().flush();
    return report.verdict().exitCode();
  }

  private void kept(String note) throws IOException {
    Path file = keep;
    if (file != null) {
      Files.writeString(file, note);
    }
  }

  private void grown(Checkpoint head, TileProver prover, Report report) {
    Path file = since;
    if (file == null) {
      return;
    }
    String note;
    try {
      note = Files.readString(file);
    } catch (IOException e) {
      throw new StartException(file + " cannot be read");
    }
    report
        .find("kept", () -> trust.open(note))
        .ifPresent(
            old -> {
              List<Hash> proof =
                  old.size() == 0 || old.size() > head.size()
                      ? List.of()
                      : prover.consistency(old.size(), head.size());
              report.check("grown", () -> consistent(old, head, proof));
            });
  }

  private static String consistent(Checkpoint old, Checkpoint head, List<Hash> proof) {
    CheckFailed.unless(
        old.size() <= head.size(),
        "the log has gone back from " + old.size() + " to " + head.size() + " entries");
    CheckFailed.unless(
        old.size() == 0
            || Proofs.verifyConsistency(old.size(), head.size(), old.root(), head.root(), proof),
        "the kept checkpoint is of another log, or the log has forked since");
    return "the first " + old.size() + " of " + head.size() + " entries are the same";
  }

  private void entries(Checkpoint head, HttpTiles tiles, TileProver prover, Report report) {
    if (head.size() <= MOST_WHOLE) {
      Hash root = whole(head, tiles);
      report.check(
          "entries",
          () -> {
            CheckFailed.unless(
                root.equals(head.root()), "the entries come to another root, " + root);
            return "all " + head.size() + " entries hash to the root";
          });
      return;
    }
    List<Long> wrong = sampled(head, tiles, prover);
    report.check(
        "entries",
        () -> {
          CheckFailed.unless(wrong.isEmpty(), "not under the root are the entries " + wrong);
          return sample + " entries of " + head.size() + ", chosen by chance, are under the root";
        });
    report.open("other entries", "of " + head.size() + " entries only " + sample + " were read");
  }

  private Hash whole(Checkpoint head, HttpTiles tiles) {
    Frontier frontier = Frontier.EMPTY;
    for (TileId tile : TileId.forSize(0, head.size())) {
      frontier = frontier.appendAll(tiles.entries(tile).stream().map(Hashing::leaf).toList());
      progress(frontier.size(), head.size());
    }
    return frontier.root();
  }

  private List<Long> sampled(Checkpoint head, HttpTiles tiles, TileProver prover) {
    Random chance = new Random();
    List<Long> wrong = new ArrayList<>();
    for (int i = 0; i < sample; i++) {
      long index = chance.nextLong(head.size());
      TileId tile = TileId.at(0, index / TileId.FULL, head.size());
      byte[] entry = tiles.entries(tile).get((int) (index % TileId.FULL));
      if (!Proofs.verifyInclusion(
          index,
          head.size(),
          Hashing.leaf(entry),
          prover.inclusion(index, head.size()),
          head.root())) {
        wrong.add(index);
      }
      progress(i + 1L, sample);
    }
    return wrong;
  }

  /** Every so often, for who waits; programs read the output, and not this. */
  private void progress(long done, long all) {
    if (!json && all > STEP && (done % STEP == 0 || done == all)) {
      spec.commandLine().getErr().printf("  %,d of %,d entries read%n", done, all);
    }
  }

  private void anchor(JsonNode last, Checkpoint head, TileProver prover, Report report) {
    if (!last.isObject()) {
      report.open("anchor", "the council names no anchor");
      return;
    }
    long size = last.path("size").asLong();
    if (size < 1 || size > head.size()) {
      report.open("anchor", "of " + size + " entries is no anchor of this checkpoint: ask again");
      return;
    }
    Hash root = Hash.of(Digest.read(last.path("root").asText()).bytes());
    List<Hash> proof = prover.consistency(size, head.size());
    report.check("same log", () -> anchored(size, root, head, proof));
    String url = rpc;
    if (url == null) {
      report.open("anchor", "claimed of " + size + " entries; give --rpc and --trust to look");
      return;
    }
    report.find("anchor", () -> onChain(last, size, head, url));
  }

  private static String anchored(long size, Hash root, Checkpoint head, List<Hash> proof) {
    CheckFailed.unless(
        Proofs.verifyConsistency(size, head.size(), root, head.root(), proof),
        "the anchored root is not of the log of the checkpoint");
    return "the claimed anchor of " + size + " entries is of this log";
  }

  private Found<Long> onChain(JsonNode last, long size, Checkpoint head, String url) {
    TrustedChain chain = trust.chain();
    if (chain == null) {
      throw LogTrust.noChain();
    }
    Anchor anchor =
        new Anchor(
            size,
            Digest.read(last.path("root").asText()),
            last.path("chainId").asLong(),
            Digest.read(last.path("genesisHash").asText()),
            new Address(last.path("contract").asText()),
            Digest.read(last.path("txHash").asText()),
            last.path("blockNumber").asLong(),
            Digest.read(last.path("blockHash").asText()),
            List.of());
    String said = new AnchorReader(new JsonRpc(url, PATIENCE)).check(chain, head.origin(), anchor);
    return new Found<>(size, said);
  }
}
