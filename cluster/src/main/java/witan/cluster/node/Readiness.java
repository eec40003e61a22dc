package witan.cluster.node;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import witan.actors.spi.Failures;
import witan.domain.api.Health;

/**
 * Asks every part that a node stands on, all at once, each with a time-out. However often it is
 * asked, the parts are asked at most twice a second. Thread-safe.
 */
final class Readiness {
  private static final long SAME_ANSWER_NANOS = Duration.ofMillis(500).toNanos();

  /**
   * A part and how it is asked.
   *
   * @param grace how long it may be silent after it has answered: what other nodes take part in is
   *     silent while one that died is succeeded, and to take the living out of rotation then would
   *     turn the death of one into the absence of all
   */
  record Question(String part, Duration grace, Supplier<? extends CompletionStage<?>> ask) {}

  private final List<Question> questions;
  private final Duration limit;
  private final LongSupplier nanos;
  private final Map<String, Long> lastAnswers = new ConcurrentHashMap<>();
  private @Nullable CompletableFuture<List<Health.Part>> current;
  private long currentSince;

  /**
   * Asks nothing yet.
   *
   * @param nanos a clock as {@link System#nanoTime}
   */
  Readiness(List<Question> questions, Duration limit, LongSupplier nanos) {
    this.questions = List.copyOf(questions);
    this.limit = limit;
    this.nanos = nanos;
  }

  /** In the order of the questions; never fails. */
  synchronized CompletionStage<List<Health.Part>> parts() {
    long now = nanos.getAsLong();
    if (current == null || now - currentSince >= SAME_ANSWER_NANOS) {
      List<CompletableFuture<Health.Part>> asked = questions.stream().map(this::ask).toList();
      current =
          CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
              .thenApply(done -> asked.stream().map(CompletableFuture::join).toList());
      currentSince = now;
    }
    return current;
  }

  private CompletableFuture<Health.Part> ask(Question question) {
    CompletableFuture<String> failure = new CompletableFuture<>();
    try {
      var unused =
          question
              .ask()
              .get()
              .whenComplete(
                  (answer, cause) -> failure.complete(cause == null ? "" : reason(cause)));
    } catch (RuntimeException e) {
      failure.complete(reason(e));
    }
    return failure
        .completeOnTimeout(
            "no answer within " + limit.toMillis() + " ms", limit.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(reason -> part(question, reason));
  }

  private static String reason(Throwable failure) {
    Throwable cause = Failures.cause(failure);
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private Health.Part part(Question question, String failure) {
    long now = nanos.getAsLong();
    if (failure.isEmpty()) {
      lastAnswers.put(question.part(), now);
      return new Health.Part(question.part(), true, true, "answers");
    }
    Long last = lastAnswers.get(question.part());
    if (last == null || now - last > question.grace().toNanos()) {
      return new Health.Part(question.part(), false, true, failure);
    }
    return new Health.Part(
        question.part(),
        true,
        true,
        "answered " + Duration.ofNanos(now - last).toMillis() + " ms ago; now: " + failure);
  }
}
