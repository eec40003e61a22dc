package witan.actors.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.Entities;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.Digest;
import witan.domain.intake.IntakeCommand;
import witan.domain.intake.IntakeCommand.RecordSuppressed;
import witan.domain.intake.IntakeCommand.Suppressed;

/**
 * Counts suppressed alerts in the log, many with one event: while one event of a finding is on its
 * way, the alerts of that finding gather for the next. An alert is answered when its count is in
 * the log, so a crash loses none. Thread-safe.
 */
final class Suppressions {
  private static final int MOST_WAITING = 20_000;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** What one event counts together. */
  record Finding(String sensor, String rule, long rulesVersion, Digest fingerprint) {}

  private record Waiting(Suppressed alert, CompletableFuture<Answer<Receipt>> answer) {}

  private final Entities entities;
  private final Map<Finding, Deque<Waiting>> findings = new HashMap<>();
  private int waiting;

  Suppressions(Entities entities) {
    this.entities = entities;
  }

  CompletionStage<Answer<Receipt>> count(Finding finding, Suppressed alert) {
    CompletableFuture<Answer<Receipt>> answer = new CompletableFuture<>();
    boolean idle;
    synchronized (this) {
      if (waiting >= MOST_WAITING) {
        return CompletableFuture.completedFuture(
            new Answer.Busy<>("too many suppressed alerts wait to be counted", RETRY_AFTER));
      }
      waiting++;
      idle = !findings.containsKey(finding);
      findings.computeIfAbsent(finding, f -> new ArrayDeque<>()).add(new Waiting(alert, answer));
    }
    if (idle) {
      next(finding);
    }
    return answer;
  }

  private void next(Finding finding) {
    List<Waiting> batch = new ArrayList<>();
    synchronized (this) {
      Deque<Waiting> queue = findings.get(finding);
      while (queue != null && !queue.isEmpty() && batch.size() < IntakeCommand.MOST_SUPPRESSED) {
        batch.add(queue.remove());
      }
      if (batch.isEmpty()) {
        findings.remove(finding);
        return;
      }
      waiting -= batch.size();
    }
    entities
        .toIntake(
            finding.sensor(),
            new RecordSuppressed(
                finding.sensor(),
                finding.rule(),
                finding.rulesVersion(),
                finding.fingerprint(),
                batch.stream().map(Waiting::alert).toList()))
        .whenComplete(
            (answer, failure) -> {
              for (Waiting one : batch) {
                if (answer != null) {
                  one.answer().complete(answer);
                } else {
                  one.answer().completeExceptionally(failure);
                }
              }
              next(finding);
            });
  }
}
