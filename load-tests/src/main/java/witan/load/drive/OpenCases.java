package witan.load.drive;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import witan.load.client.LoadClient;

/**
 * Cases that stay open while nodes die, each with one acknowledged ballot. Sent again, that ballot
 * is answered as repeated by the case's entity, and writes nothing: the cheapest proof that the
 * entity is there. They are kept in a file beside the data, for the next run.
 */
public final class OpenCases {
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);
  private static final int REPORT_EVERY = 500;

  /**
   * A case and its ballot.
   *
   * @param body of the ballot, as it was acknowledged
   * @param digest its idempotency key
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Case(String caseId, byte[] body, String digest) {
    public String path() {
      return "/v1/proposals/" + caseId + "/votes";
    }
  }

  private final Council council;
  private final Recorder recorder;
  private final Path file;

  public OpenCases(Council council, Recorder recorder, Path data) {
    this.council = council;
    this.recorder = recorder;
    this.file = data.resolve("load/open-cases.json");
  }

  /** As many as asked for, those of earlier runs first. */
  public List<Case> atLeast(int count, int threads) throws IOException, InterruptedException {
    List<Case> cases = Collections.synchronizedList(new ArrayList<>(kept()));
    AtomicInteger next = new AtomicInteger(cases.size());
    CountDownLatch done = new CountDownLatch(threads);
    long begin = System.nanoTime();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  while (next.getAndIncrement() < count) {
                    open().ifPresent(cases::add);
                    if (cases.size() % REPORT_EVERY == 0) {
                      System.out.printf(
                          "  %d cases after %d s%n",
                          cases.size(), (System.nanoTime() - begin) / 1_000_000_000);
                    }
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } finally {
                  done.countDown();
                }
              },
              "open " + i);
      thread.setDaemon(true);
      thread.start();
    }
    done.await();
    Files.createDirectories(file.getParent());
    Files.write(file, LoadClient.JSON.writeValueAsBytes(cases));
    return List.copyOf(cases.subList(0, Math.min(count, cases.size())));
  }

  private List<Case> kept() throws IOException {
    return Files.exists(file)
        ? LoadClient.JSON.readValue(Files.readAllBytes(file), new TypeReference<List<Case>>() {})
        : List.of();
  }

  private Optional<Case> open() throws InterruptedException {
    String id = "open-" + Long.toString(System.nanoTime(), 36);
    Optional<String> caseId = recorder.alert(id, Alerts.falco(id, "Notice"));
    if (caseId.isEmpty()) {
      return Optional.empty();
    }
    try {
      Ballots.Signed ballot =
          recorder
              .ballots(caseId.get(), council.voters().get(0), OPEN_LIMIT)
              .sign(council.voters().get(0), "FOR");
      return recorder
          .vote(ballot)
          .map(millis -> new Case(caseId.get(), ballot.body(), ballot.digest()));
    } catch (IOException e) {
      System.out.println("  not opened: " + e.getMessage());
      return Optional.empty();
    }
  }
}
