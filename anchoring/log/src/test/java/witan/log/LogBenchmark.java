package witan.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import witan.log.proof.Proofs;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * Appending and verifying as a ratio to bare SHA-256 of as many 65-byte nodes, in alternating
 * blocks of one run. One thread; no disk. Arguments: number of pairs (11), file for the figures
 * (target/log-benchmark.txt).
 */
public final class LogBenchmark {
  private static final int BATCH = 256;
  private static final int NODES = 400_000;

  /** Keeps results alive, so that no work is optimised away. */
  private static int sink;

  private LogBenchmark() {}

  public static void main(String[] args) throws IOException {
    int pairs = args.length > 0 ? Integer.parseInt(args[0]) : 11;
    Path file = Path.of(args.length > 1 ? args[1] : "target/log-benchmark.txt");
    List<String> lines = new ArrayList<>();
    lines.add(
        "median (min..max) of "
            + pairs
            + " pairs; 1.00 = bare SHA-256 of the same number of 65-byte nodes");
    List<Hash> leaves = leaves();
    lines.add(
        compare(
            "append, batches of 256, at size 10^6",
            pairs,
            () -> append(frontierOf(1_000_000), leaves)));
    lines.add(
        compare(
            "append, batches of 256, at size 10^8",
            pairs,
            () -> append(frontierOf(100_000_000), leaves)));
    lines.add(
        compare(
            "append and root of every batch, at size 10^6", pairs, () -> appendAndRoot(leaves)));
    int size = 1 << 20;
    int index = 0x5a5a5;
    List<Hash> proof = Collections.nCopies(20, Hashing.EMPTY);
    Hash root = Hashing.EMPTY;
    lines.add(
        compare(
            "verify inclusion, 20 hashes at size 2^20",
            pairs,
            () -> verify(index, size, proof, root)));
    lines.forEach(System.out::println);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
    if (sink == 42) {
      System.out.println();
    }
  }

  /** Each action reports how many nodes it hashed. */
  private static String compare(String what, int pairs, IntSupplier action) {
    for (int i = 0; i < 10; i++) {
      bare(NODES);
      sink += action.getAsInt();
    }
    double[] ratios = new double[pairs];
    double[] perSecond = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      long start = System.nanoTime();
      bare(NODES);
      double bareNanos = (double) (System.nanoTime() - start) / NODES;
      start = System.nanoTime();
      int nodes = action.getAsInt();
      double nanos = (double) (System.nanoTime() - start) / nodes;
      ratios[i] = bareNanos / nanos;
      perSecond[i] = 1e9 / nanos;
    }
    Arrays.sort(ratios);
    Arrays.sort(perSecond);
    return String.format(
        Locale.ROOT,
        "%-46s %.3f (%.3f..%.3f)  %,.0f nodes/s",
        what,
        ratios[pairs / 2],
        ratios[0],
        ratios[pairs - 1],
        perSecond[pairs / 2]);
  }

  private static void bare(int nodes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] node = new byte[65];
      for (int i = 0; i < nodes; i++) {
        byte[] hash = digest.digest(node);
        System.arraycopy(hash, 0, node, 1, hash.length);
      }
      sink += node[1];
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int append(Frontier start, List<Hash> leaves) {
    Frontier frontier = start;
    for (int batch = 0; batch < NODES / BATCH; batch++) {
      frontier = frontier.appendAll(leaves);
    }
    sink += frontier.hashes().hashCode();
    return nodes(start, frontier);
  }

  private static int appendAndRoot(List<Hash> leaves) {
    Frontier start = frontierOf(1_000_000);
    Frontier frontier = start;
    int roots = 0;
    for (int batch = 0; batch < NODES / BATCH; batch++) {
      frontier = frontier.appendAll(leaves);
      sink += frontier.root().hashCode();
      roots += frontier.hashes().size() - 1;
    }
    return nodes(start, frontier) + roots;
  }

  /** A tree of n leaves and f subtrees has n - f inner nodes. */
  private static int nodes(Frontier before, Frontier after) {
    return (int) (after.size() - before.size()) - after.hashes().size() + before.hashes().size();
  }

  private static int verify(int index, int size, List<Hash> proof, Hash root) {
    int rounds = NODES / proof.size();
    for (int i = 0; i < rounds; i++) {
      sink += Proofs.verifyInclusion(index ^ i, size, Hashing.EMPTY, proof, root) ? 1 : 0;
    }
    return rounds * proof.size();
  }

  private static Frontier frontierOf(long size) {
    return Frontier.of(size, Collections.nCopies(Long.bitCount(size), Hashing.EMPTY));
  }

  /** One batch for all: as in a log, the leaves of a batch are fresh in the cache. */
  private static List<Hash> leaves() {
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      leaves.add(Hashing.leaf(Integer.toString(i).getBytes(StandardCharsets.UTF_8)));
    }
    return leaves;
  }
}
