package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import witan.codec.bundle.Bundle;
import witan.codec.json.JsonRefused;
import witan.evidence.report.Report;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;

class FlippedByteTest {
  private static final long SEED = 20_261_123;
  private static final int SAMPLE = 2_000;

  private final World world = new World(3);
  private final Trust trust = world.trust();
  private final byte[] bytes = world.export(Story.rehearsed(world.council())).bytes();

  private Verdict verdict(byte[] changed) {
    return verdict(changed, false);
  }

  /**
   * @param hasty without the checks after one that failed: they could not undo that
   */
  private Verdict verdict(byte[] changed, boolean hasty) {
    Bundle bundle;
    try {
      bundle = Bundle.parse(changed);
    } catch (JsonRefused e) {
      return Verdict.COULD_NOT_CHECK;
    }
    Report report = new Report("flipped");
    if (hasty) {
      report.check("seal", () -> LogChecks.seal(bundle, trust));
      if (report.verdict() == Verdict.DISPROVED) {
        return Verdict.DISPROVED;
      }
    }
    new BundleVerifier(trust, world.chain()).verify(bundle, report);
    return report.verdict();
  }

  private static byte[] flipped(byte[] whole, int at, int mask) {
    byte[] changed = whole.clone();
    changed[at] ^= (byte) mask;
    return changed;
  }

  @Test
  void noByteOfABundleCanBeFlipped() {
    Council council = world.council();
    byte[] small = world.export(Story.approved(council).refuse().events()).bytes();
    List<int[]> flips = new ArrayList<>();
    Random random = new Random(SEED);
    for (int at = 0; at < small.length; at++) {
      // One bit that keeps most text text, or one by chance.
      flips.add(new int[] {at, random.nextBoolean() ? 1 : 1 << random.nextInt(8)});
    }
    neverProven(small, flips, true);
  }

  @Test
  void noByteOfALongerBundleCanBeFlipped() {
    Random random = new Random(SEED);
    List<int[]> flips = new ArrayList<>();
    for (int i = 0; i < SAMPLE; i++) {
      flips.add(new int[] {random.nextInt(bytes.length), 1 + random.nextInt(255)});
    }
    neverProven(bytes, flips, false);
  }

  /** What is closed without a vote has no signature of a member but the founders'. */
  @Test
  void noByteOfADismissedCasesBundleCanBeFlipped() {
    byte[] dismissed =
        world.export(new Story(world.council()).alert("a-1").dismiss().events()).bytes();
    List<int[]> flips = new ArrayList<>();
    Random random = new Random(SEED);
    for (int at = 0; at < dismissed.length; at++) {
      flips.add(new int[] {at, random.nextBoolean() ? 1 : 1 << random.nextInt(8)});
    }
    neverProven(dismissed, flips, true, Verdict.PROVEN_BUT_FOR);
  }

  private void neverProven(byte[] whole, List<int[]> flips, boolean hasty) {
    neverProven(whole, flips, hasty, Verdict.PROVEN);
  }

  private void neverProven(byte[] whole, List<int[]> flips, boolean hasty, Verdict unchanged) {
    assertEquals(unchanged, verdict(whole));
    AtomicInteger disproved = new AtomicInteger();
    flips.parallelStream()
        .forEach(
            flip -> {
              Verdict verdict = verdict(flipped(whole, flip[0], flip[1]), hasty);
              assertTrue(
                  verdict == Verdict.DISPROVED || verdict == Verdict.COULD_NOT_CHECK,
                  () -> verdict + ", seed " + SEED + ", byte " + flip[0] + ", mask " + flip[1]);
              disproved.addAndGet(verdict == Verdict.DISPROVED ? 1 : 0);
            });
    System.out.printf(
        "%d bytes, %d flips: none proven, %d disproved, the others refused%n",
        whole.length, flips.size(), disproved.get());
    assertTrue(disproved.get() > flips.size() / 10, "disproved " + disproved.get());
  }

  /** Nothing of a dismissed case is taken from the bundle that the registry does not give. */
  @Test
  void aLogThatSealsAChangedDismissalCanChangeTheHintsOnly() {
    onlyHints(
        world.export(new Story(world.council()).alert("a-1").dismiss().events()).bytes(),
        new Random(SEED),
        Verdict.PROVEN_BUT_FOR);
  }

  /** The proofs do not rest on the seal: a log that seals anything gains the hints, no more. */
  @Test
  void aLogThatSealsAChangedBundleCanChangeTheHintsOnly() {
    onlyHints(bytes, new Random(SEED), Verdict.PROVEN);
  }

  private void onlyHints(byte[] whole, Random random, Verdict unchanged) {
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    int sealed = 0;
    for (int i = 0; i < SAMPLE; i++) {
      int at = random.nextInt(whole.length);
      Bundle changed;
      try {
        changed = Bundle.parse(flipped(whole, at, 1));
      } catch (JsonRefused e) {
        continue;
      }
      sealed++;
      String around = text.substring(Math.max(0, at - 90), at);
      boolean hint =
          around.matches("(?s).*\"(txHash|blockHash)\":\"[0-9a-f]*|.*\"blockNumber\":[0-9]*");
      Verdict verdict = verdict(world.seal(changed).bytes());
      boolean inSeal = text.indexOf("\"seal\":") < at;
      assertEquals(
          hint || inSeal, verdict == unchanged, "seed " + SEED + ", byte " + at + ": " + around);
    }
    assertTrue(sealed > SAMPLE / 10, "sealed " + sealed);
  }
}
