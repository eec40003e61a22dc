package witan.domain.api;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Whether this node can do its work. */
public interface Health {
  /**
   * Whether this process makes progress: its dispatcher runs what it is given and its reader of the
   * log comes round, with or without success. When not, only a restart helps.
   */
  boolean alive();

  /** Each part is asked with a time-out; never fails. */
  CompletionStage<Report> check();

  /**
   * How the node and its parts are.
   *
   * @param ready cluster, sharding and journal answer; the chain's lag is not readiness
   */
  record Report(boolean ready, List<Part> parts) {
    public Report {
      parts = List.copyOf(parts);
    }
  }

  /** One part: {@code journal}, {@code sequencer}, {@code chain}, {@code executor}, ... */
  record Part(String name, boolean up, boolean required, String detail) {}
}
