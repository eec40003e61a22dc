package witan.codec.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.erdtman.jcs.JsonCanonicalizer;
import witan.codec.Samples;
import witan.codec.entry.Entry;
import witan.codec.json.Json;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;

/** Events per second, one thread: encode, decode, and the canonical form against the library's. */
public final class EventCodecBenchmark {
  private static final int ROUNDS = 20_000;

  private EventCodecBenchmark() {}

  @FunctionalInterface
  private interface Work {
    int run() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    EventCodec codec = new EventCodec();
    for (DomainEvent event : List.of(Samples.events().get(3), Samples.events().get(2))) {
      String pid = Samples.pidOf(event);
      Encoded encoded = codec.encode(event, pid, 1, Digest.ZERO, null, Samples.KEY);
      String name = event.getClass().getSimpleName();
      measure(
          name + " encode",
          () -> codec.encode(event, pid, 1, Digest.ZERO, null, Samples.KEY).entry().length);
      measure(
          name + " decode",
          () -> codec.decode(encoded.entry(), encoded.sealedBody(), Samples.KEY).hashCode());
      measure(
          name + " canonical of the record, " + Json.canonical(event).length + " bytes",
          () -> Json.canonical(event).length);
      String text = new String(Json.canonical(event), StandardCharsets.UTF_8);
      measure(
          name + " canonical by the library, from text",
          () -> new JsonCanonicalizer(text).getEncodedUTF8().length);
      Entry entry = Entry.parse(encoded.entry());
      measure(name + " entry bytes", () -> entry.bytes().length);
      measure(name + " entry parse", () -> Entry.parse(encoded.entry()).hashCode());
    }
  }

  private static void measure(String name, Work work) throws Exception {
    int sum = 0;
    for (int i = 0; i < ROUNDS; i++) {
      sum += work.run();
    }
    long start = System.nanoTime();
    for (int i = 0; i < ROUNDS; i++) {
      sum += work.run();
    }
    double micros = (System.nanoTime() - start) / 1_000.0 / ROUNDS;
    System.out.printf("%-55s %7.1f us  %,9.0f /s  (%x)%n", name, micros, 1e6 / micros, sum);
  }
}
