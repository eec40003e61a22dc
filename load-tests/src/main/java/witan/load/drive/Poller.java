package witan.load.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import witan.load.client.LoadClient;

/**
 * Reads each node's checkpoint and anchors again and again, one thread per node, so that what one
 * node said is known in its order; writes down what changed.
 */
public final class Poller implements AutoCloseable {
  private static final long PAUSE_MS = 100;
  private static final int ANCHORS_EVERY = 5;
  private static final long JOIN_LIMIT_MS = 15_000;

  private final LoadClient api;
  private final History history;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  public Poller(LoadClient api, History history) {
    this.api = api;
    this.history = history;
    for (String base : api.bases()) {
      Thread thread = new Thread(() -> poll(base), "poll " + base);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  public void start() {
    threads.forEach(Thread::start);
  }

  private void poll(String base) {
    String lastNote = "";
    JsonNode lastAnchors = LoadClient.JSON.nullNode();
    for (int round = 0; !stopped; round++) {
      try {
        byte[] note = api.tryGet(base, "/checkpoint");
        if (note != null) {
          String text = new String(note, StandardCharsets.UTF_8);
          if (!text.equals(lastNote)) {
            history.add(new Observation.SeenCheckpoint(Recorder.now(), base, text));
            lastNote = text;
          }
        }
        byte[] anchors = round % ANCHORS_EVERY == 0 ? api.tryGet(base, "/v1/anchors") : null;
        if (anchors != null) {
          JsonNode json = LoadClient.JSON.readTree(anchors);
          if (!json.equals(lastAnchors)) {
            history.add(anchor(base, json));
            lastAnchors = json;
          }
        }
      } catch (IOException down) {
        // A node that is down says nothing; that is what a run with faults is about.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      pause();
    }
  }

  private static Observation anchor(String base, JsonNode json) {
    JsonNode last = json.path("last");
    return new Observation.SeenAnchor(
        Recorder.now(),
        base,
        json.path("state").asText(),
        json.path("anchoredSize").asLong(),
        last.path("size").asLong(),
        last.path("root").asText(),
        last.path("blockNumber").asLong());
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      stopped = true;
    }
  }

  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join(JOIN_LIMIT_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
