package witan.codec.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import witan.codec.Corpus;
import witan.codec.json.Json;
import witan.domain.detection.Alert;
import witan.domain.detection.Normalised;

/**
 * Events of the corpus, spoilt in every way that a broken or hostile sender can spoil one. What
 * does not touch a field that matters is still read; everything else is a refusal with a reason.
 */
class MutationTest {
  private static final int COUNT = 100_000;
  private static final int LARGEST = 2_500;

  private static final List<String> VALUES =
      List.of(
          "NaN",
          "Infinity",
          "-1",
          "1e999999999",
          "123456789012345678901234567890123456789",
          "0.1",
          "null",
          "true",
          "\"\"",
          "\"<NA>\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"../../etc\"",
          "\"9999-99-99T99:99:99Z\"",
          "[]",
          "{}",
          "[null,1,\"x\",{}]",
          "{\"id\":{\"id\":{}}}",
          "\"[{\\\"$ref\\\":\\\"1\\\"}]\"",
          "\"" + "x".repeat(5_000) + "\"",
          "[".repeat(200) + "]".repeat(200),
          "[".repeat(60) + "]".repeat(60));

  @Test
  void everyMutationIsReadOrRefusedWithAReason() throws IOException {
    List<byte[]> events = new ArrayList<>();
    for (String set : Events.SETS) {
      List<String> lines = Corpus.lines(set);
      for (int i = 0; i < lines.size(); i += Math.max(1, lines.size() / 40)) {
        if (lines.get(i).length() <= LARGEST) {
          events.add(lines.get(i).getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    Map<String, Integer> outcomes = new TreeMap<>();
    long memory = 0;
    for (long seed = 0; seed < COUNT; seed++) {
      Random random = new Random(seed);
      byte[] event = mutated(events.get(random.nextInt(events.size())), random);
      try {
        Normalised n = Events.normalise(event, null);
        checked(n, seed);
        outcomes.merge(Events.outcome(n).replaceAll("recorded:.*", "recorded"), 1, Integer::sum);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
      if (seed == COUNT / 10) {
        memory = used();
      }
    }
    long growth = used() - memory;
    System.out.println(outcomes + ", heap grew by " + growth / 1024 + " KiB");
    assertTrue(outcomes.size() > 10, outcomes::toString);
    assertTrue(growth < (16 << 20), "the heap grew by " + growth + " bytes");
    assertEquals(COUNT, outcomes.values().stream().mapToInt(Integer::intValue).sum());
  }

  private static void checked(Normalised n, long seed) {
    if (n instanceof Normalised.Unreadable u) {
      assertTrue(u.refusal().code().matches("[a-z_]{3,40}"), "seed " + seed);
      assertFalse(u.refusal().message().isBlank(), "seed " + seed);
      assertTrue(u.refusal().message().length() < 2_000, "seed " + seed);
      return;
    }
    Alert a = Events.alert(n);
    assertTrue(a.rule().length() <= 512 && a.title().length() <= 500, "seed " + seed);
    assertTrue(a.alertId().length() <= 1_100, "seed " + seed);
    assertTrue(a.resource().name().length() <= 1_100, "seed " + seed);
    // what the log cannot write must not have become an alert
    Json.canonical(a);
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static byte[] mutated(byte[] event, Random random) {
    return switch (random.nextInt(16)) {
      case 0 -> Arrays.copyOf(event, random.nextInt(event.length));
      case 1 -> flipped(event, random);
      case 2 -> twice(event);
      case 3, 4 -> spliced(event, random, new byte[] {(byte) (0x80 + random.nextInt(0x80))});
      default -> valueReplaced(event, random);
    };
  }

  private static byte[] flipped(byte[] event, Random random) {
    byte[] copy = event.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  /** Its members, and all of them once more: every name is a duplicate. */
  private static byte[] twice(byte[] event) {
    String text = new String(event, StandardCharsets.UTF_8).strip();
    String members = text.substring(1, text.length() - 1);
    return ("{" + members + "," + members + "}").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] spliced(byte[] event, Random random, byte[] in) {
    int at = random.nextInt(event.length);
    byte[] out = new byte[event.length + in.length];
    System.arraycopy(event, 0, out, 0, at);
    System.arraycopy(in, 0, out, at, in.length);
    System.arraycopy(event, at, out, at + in.length, event.length - at);
    return out;
  }

  /** Puts something else after one of the colons, in place of a scalar, or renames the field. */
  private static byte[] valueReplaced(byte[] event, Random random) {
    String text = new String(event, StandardCharsets.UTF_8);
    int colon = text.indexOf("\": ", random.nextInt(text.length()));
    if (colon < 0) {
      return text.replaceFirst("\": ", "\": 1,").getBytes(StandardCharsets.UTF_8);
    }
    int start = colon + 3;
    int end;
    boolean quoted = text.charAt(start) == '"';
    for (end = start + 1; end < text.length(); end++) {
      char c = text.charAt(end);
      if (quoted ? c == '"' && text.charAt(end - 1) != '\\' : c == ',' || c == '}' || c == ']') {
        end += quoted ? 1 : 0;
        break;
      }
    }
    String value = VALUES.get(random.nextInt(VALUES.size()));
    return (text.substring(0, start) + value + text.substring(Math.min(end, text.length())))
        .getBytes(StandardCharsets.UTF_8);
  }
}
