package witan.load.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import witan.load.client.LoadClient;
import witan.load.client.Stack;

/** Blocks of alerts: new ones and the same again, one by one and as lines of a batch. */
public final class AlertBench {
  /** Outcome of an alert that was known. */
  public static final String DUPLICATE = "duplicate";

  private static final byte[] NEWLINE = {'\n'};

  private final LoadClient api;
  private final Shots shots;
  private final String run = Long.toString(System.currentTimeMillis(), 36);
  private int alerts;

  public AlertBench(LoadClient api, Stack stack, int threads) {
    this.api = api;
    this.shots = new Shots(stack, threads);
  }

  /** Alerts about pods of their own, made now: so many bodies of so many lines. */
  public List<byte[]> bodies(int count, int lines) {
    List<byte[]> bodies = new ArrayList<>();
    for (int i = 0; i < count; i += lines) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int line = 0; line < lines; line++) {
        body.writeBytes(Alerts.falco("bench-" + run + "-" + alerts++, "Notice"));
        body.writeBytes(NEWLINE);
      }
      bodies.add(body.toByteArray());
    }
    return bodies;
  }

  /**
   * Posts them.
   *
   * @param outcome that each alert has to have; an alert with another one is not accepted
   */
  public Latencies post(String what, List<byte[]> bodies, int lines, String outcome)
      throws InterruptedException {
    List<Shots.Shot> posts = new ArrayList<>();
    for (byte[] body : bodies) {
      posts.add(() -> post(body, lines, outcome));
    }
    return shots.measure(what, posts, lines);
  }

  private Optional<Long> post(byte[] body, int lines, String outcome) throws InterruptedException {
    try {
      LoadClient.Answer answer =
          lines == 1 ? api.post("/v1/alerts", body, null) : api.postLines("/v1/alerts", body);
      JsonNode outcomes = answer.json().path("outcomes");
      int as = outcomes.path(outcome).asInt();
      // What an attempt without an answer had logged is a duplicate when it is sent again.
      int logged = answer.attempts() > 1 ? outcomes.path(DUPLICATE).asInt() : 0;
      boolean all = as == lines || as + logged == lines;
      return answer.accepted() && all ? Optional.of(answer.millis()) : Optional.empty();
    } catch (LoadClient.GaveUpException e) {
      return Optional.empty();
    }
  }

  /** Inserts that many rows with the bare driver. */
  public Latencies raw(RawInserts rows, int count) throws InterruptedException {
    List<Shots.Shot> inserts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      inserts.add(rows::insert);
    }
    return shots.measure("raw", inserts, 1);
  }
}
