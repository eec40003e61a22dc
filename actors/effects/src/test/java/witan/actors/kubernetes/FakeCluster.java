package witan.actors.kubernetes;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import witan.domain.execution.Order;

/** A cluster that remembers which fences took effect, and fails as it is told. */
public final class FakeCluster implements ClusterActions {
  /** What one call does. */
  public enum Behaviour {
    WORK,
    /** Applies, but the answer is lost. */
    LOSE_ANSWER,
    /** Refuses for now, without effect. */
    BUSY,
    REFUSE,
    /** Applies, then hangs until released. */
    HANG_AFTER,
    /** Hangs before it applies; when released it applies late, unless the fence is taken back. */
    HANG_BEFORE
  }

  public final TreeMap<String, Integer> effects = new TreeMap<>();
  public final List<String> calls = new ArrayList<>();
  public final Deque<Behaviour> script = new ArrayDeque<>();
  public final CountDownLatch hanging = new CountDownLatch(1);
  public final CountDownLatch release = new CountDownLatch(1);
  public volatile boolean fencing = true;
  public volatile boolean unreachable;

  /** What dry runs answer. */
  public volatile Function<Order, DryRun> dryRuns =
      order -> new DryRun(true, true, "", 1, List.of(), List.of(), java.util.Map.of(), "[]");

  @Override
  public String adapter() {
    return "kubernetes";
  }

  @Override
  public boolean fences(Order order) {
    return fencing;
  }

  @Override
  public DryRun dryRun(Order order) {
    return dryRuns.apply(order);
  }

  @Override
  public ActionResult perform(Order order) {
    Behaviour behaviour;
    synchronized (this) {
      calls.add("perform " + order.step());
      behaviour = script.isEmpty() ? Behaviour.WORK : script.remove();
    }
    return switch (behaviour) {
      case WORK -> apply(order);
      case LOSE_ANSWER -> {
        apply(order);
        yield new ActionResult.Retry("lost", "[]", Optional.empty(), true);
      }
      case BUSY -> new ActionResult.Retry("429", "[]", Optional.of(Duration.ofMillis(2)), false);
      case REFUSE -> new ActionResult.Failed("403", "[]");
      case HANG_AFTER -> {
        ActionResult result = apply(order);
        hang();
        yield result;
      }
      case HANG_BEFORE -> {
        hang();
        yield apply(order);
      }
    };
  }

  @Override
  public synchronized ActionResult reconcile(Order order) {
    calls.add("reconcile " + order.step());
    if (unreachable) {
      return new ActionResult.Retry("no answer", "[]", Optional.empty(), false);
    }
    return effects.containsKey(order.fence())
        ? new ActionResult.Done("found", "[]")
        : new ActionResult.NotApplied("not found", "[]");
  }

  /** A repeat with the same fence finds the effect and changes nothing. */
  private synchronized ActionResult apply(Order order) {
    if (!fencing || !effects.containsKey(order.fence())) {
      effects.merge(order.fence(), 1, Integer::sum);
    }
    return new ActionResult.Done("done", "[]");
  }

  private void hang() {
    hanging.countDown();
    try {
      if (!release.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody released the cluster");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
