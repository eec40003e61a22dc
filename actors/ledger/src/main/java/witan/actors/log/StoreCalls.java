package witan.actors.log;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A sequencer's calls of the store: answered on its thread, and not at all once it has stopped. */
final class StoreCalls {
  interface Then<T> {
    void accept(T value, @Nullable Throwable failure);
  }

  private final SequencerSettings settings;
  private final SequencerHost host;
  private boolean stopped;

  StoreCalls(SequencerSettings settings, SequencerHost host) {
    this.settings = settings;
    this.host = host;
  }

  boolean stopped() {
    return stopped;
  }

  void stop(String reason, boolean alarm) {
    if (!stopped) {
      stopped = true;
      host.stop(reason, alarm);
    }
  }

  /** What was signed contradicts the log: no start in this process can change that. */
  void halt(String why) {
    if (!stopped) {
      stopped = true;
      host.halt(why);
    }
  }

  /** Repeats the same call, which must be idempotent; gives up by stopping. */
  <T> void call(String what, Supplier<? extends CompletionStage<T>> request, Consumer<T> then) {
    call(what, request, then, 1);
  }

  private <T> void call(
      String what, Supplier<? extends CompletionStage<T>> request, Consumer<T> then, int attempt) {
    on(
        request,
        (value, failure) -> {
          MemoryException unremembered = failure == null ? null : MemoryException.in(failure);
          if (failure == null) {
            then.accept(value);
          } else if (unremembered != null && unremembered.contradicts()) {
            halt(String.valueOf(unremembered.getMessage()));
          } else if (unremembered != null) {
            stop(String.valueOf(unremembered.getMessage()), false);
          } else if (attempt < settings.attempts()) {
            host.after(settings.retryDelay(), () -> call(what, request, then, attempt + 1));
          } else {
            stop(what + " failed " + attempt + " times: " + failure, false);
          }
        });
  }

  /** Calls once. */
  <T> void on(Supplier<? extends CompletionStage<T>> request, Then<T> then) {
    if (stopped) {
      return;
    }
    CompletionStage<T> stage;
    try {
      stage = request.get();
    } catch (RuntimeException e) {
      stage = CompletableFuture.failedStage(e);
    }
    var unused =
        stage.whenComplete(
            (value, failure) ->
                host.execute(
                    () -> {
                      if (!stopped) {
                        then.accept(value, failure);
                      }
                    }));
  }
}
