package witan.ballot;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * The whole signature stage of one ballot (strings to struct, hashing, range checks, recovery,
 * address, comparison) against the bare native recovery. Alternates the two in blocks after a
 * warm-up and prints the median of the pairwise ratios of CPU time, which a busy machine disturbs
 * less than wall time. A benchmark, not a test: run its {@code main}; the optional argument names a
 * file for the figures.
 */
final class SignatureStageBenchmark {
  private static final int BALLOTS = 500;
  private static final int PAIRS = 41;

  private SignatureStageBenchmark() {}

  public static void main(String[] args) throws IOException {
    NativeSecp256k1Backend backend = new NativeSecp256k1Backend();
    byte[] separator = Eip712.domainSeparator(GoldenVectorTest.DOMAIN);
    VoteStruct[] votes = new VoteStruct[BALLOTS];
    byte[][] digests = new byte[BALLOTS][];
    byte[][] signatures = new byte[BALLOTS][];
    byte[][] rs = new byte[BALLOTS][];
    Random random = new Random(7);
    for (int i = 0; i < BALLOTS; i++) {
      byte[] key = new byte[32];
      random.nextBytes(key);
      String voter = Hex.of(Signatures.addressOf(key));
      votes[i] = copy(GoldenVectorTest.VOTE, voter, i);
      digests[i] = votes[i].digest(separator);
      signatures[i] = Signatures.sign(digests[i], key);
      rs[i] = Arrays.copyOf(signatures[i], 64);
    }
    Runnable bare =
        () -> {
          for (int i = 0; i < BALLOTS; i++) {
            backend.recover(digests[i], rs[i], signatures[i][64] == 28);
          }
        };
    Runnable stage =
        () -> {
          for (int i = 0; i < BALLOTS; i++) {
            VoteStruct vote = copy(votes[i], votes[i].voter(), votes[i].nonce());
            byte[] signer = Signatures.recover(vote.digest(separator), signatures[i]);
            if (!Hex.of(signer).equals(vote.voter())) {
              throw new IllegalStateException("ballot " + i);
            }
          }
        };
    for (int i = 0; i < 30; i++) {
      bare.run();
      stage.run();
    }
    double[] ratios = new double[PAIRS];
    double[] perSecond = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      double bareRate = rate(bare);
      perSecond[i] = rate(stage);
      ratios[i] = perSecond[i] / bareRate;
    }
    Arrays.sort(ratios);
    Arrays.sort(perSecond);
    String figures =
        String.format(
            Locale.ROOT,
            "signature stage / bare native recover: median %.3f min %.3f max %.3f;"
                + " stage median %.0f ballots/s and core%n",
            ratios[PAIRS / 2],
            ratios[0],
            ratios[PAIRS - 1],
            perSecond[PAIRS / 2]);
    System.out.print(figures);
    if (args.length > 0) {
      Files.writeString(Path.of(args[0]), figures);
    }
  }

  private static VoteStruct copy(VoteStruct vote, String voter, long nonce) {
    return new VoteStruct(
        vote.proposalId(),
        vote.proposalHash(),
        voter,
        vote.support(),
        BigInteger.valueOf(5),
        nonce,
        vote.deadline(),
        vote.reasonHash());
  }

  private static double rate(Runnable block) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    block.run();
    return BALLOTS * 1e9 / (threads.getCurrentThreadCpuTime() - start);
  }
}
