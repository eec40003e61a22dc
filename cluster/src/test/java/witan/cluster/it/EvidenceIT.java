package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bundles of a running council in the hands of an auditor. */
@ExtendWith(Stack.Provider.class)
class EvidenceIT {
  private static final long SEED = 20261123;
  private static final int FLIPS = 6;

  @Test
  void a_bundle_with_one_flipped_bit_is_not_proven(Stack stack) throws Exception {
    String caseId = stack.cases.play(Cases.Kind.URGENT);
    stack.cases.awaitAnchored(caseId);
    Path bundle = stack.checker.export(caseId);
    Path trust = Verifier.trust(stack, stack.checker.bundles().resolve("trust.json"));
    Verifier.Verdict whole = Verifier.check(stack, bundle, trust);
    whole.requireProven(Verifier.HONEST);
    Random random = new Random(SEED);
    for (int flip = 0; flip < FLIPS; flip++) {
      byte[] bytes = Files.readAllBytes(bundle);
      int at = random.nextInt(bytes.length);
      int bit = random.nextInt(8);
      bytes[at] ^= (byte) (1 << bit);
      Path flipped = Files.write(stack.checker.bundles().resolve("flipped.witan"), bytes);
      Verifier.Verdict verdict = Verifier.check(stack, flipped, trust);
      assertTrue(
          verdict.exit() == 1 || verdict.exit() == 2,
          "seed " + SEED + ", bit " + bit + " of byte " + at + ": " + verdict);
    }
  }
}
