package witan.load.drive;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Opens cases and lets the members vote, from several threads at once: the ballots of one case come
 * from different threads, some ballots and alerts come twice at the same time. What is sent is a
 * function of the seed; when it is sent is not. Bounded in time and in number.
 */
public final class Driver {
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);
  private static final long DRAIN_LIMIT_SECONDS = 150;

  /** What is enough may be a fault of every kind, and a slow machine needs minutes after each. */
  private static final Duration LONGER = Duration.ofMinutes(20);

  private static final int FULL_QUEUE = 40;

  /**
   * How much.
   *
   * @param time at least so long, and until it is {@code enough}, at most twenty minutes more
   * @param operations at most so many requests are begun
   * @param perSecond at most so many requests are begun per second
   */
  public record Settings(
      long seed,
      Duration time,
      long operations,
      double perSecond,
      int threads,
      BooleanSupplier enough) {}

  /** One request to make. */
  private interface Task {
    void run() throws IOException, InterruptedException;
  }

  private final Council council;
  private final Recorder recorder;
  private final Settings settings;
  private final String run;
  private final ConcurrentLinkedQueue<Task> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicLong cases = new AtomicLong();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  public Driver(Council council, Recorder recorder, Settings settings) {
    this.council = council;
    this.recorder = recorder;
    this.settings = settings;
    // Another run with the same seed on the same log shall open cases of its own.
    this.run = settings.seed() + "-" + Long.toString(System.currentTimeMillis(), 36);
  }

  /** Returns when time or number is used up and everything begun was answered or given up. */
  public void run() throws InterruptedException {
    long begin = System.nanoTime();
    CountDownLatch done = new CountDownLatch(settings.threads());
    for (int i = 0; i < settings.threads(); i++) {
      Thread thread = new Thread(() -> work(begin, done), "driver " + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    long limit = settings.time().plus(LONGER).toSeconds() + DRAIN_LIMIT_SECONDS;
    for (int second = 1; !done.await(1, TimeUnit.SECONDS) && second < limit && !stopped; second++) {
      System.out.printf(
          "  %4d s  %6d votes  %5d cases  %4d refused  %4d retried  %3d given up%n",
          second,
          recorder.votes.sum(),
          cases.get(),
          recorder.refused.sum(),
          recorder.retried.sum(),
          recorder.gaveUp.sum() + failed.get());
    }
  }

  /** Begins nothing any more and waits for no answer. */
  public void stop() {
    stopped = true;
    threads.forEach(Thread::interrupt);
  }

  private void work(long begin, CountDownLatch done) {
    try {
      while (!stopped && goesOn(System.nanoTime() - begin) && pace(begin)) {
        Task task = tasks.size() < FULL_QUEUE ? null : tasks.poll();
        attempt(task == null ? this::openCase : task);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      done.countDown();
    }
  }

  private boolean goesOn(long nanos) {
    return nanos < settings.time().toNanos()
        || (!settings.enough().getAsBoolean() && nanos < settings.time().plus(LONGER).toNanos());
  }

  /** Waits for this request's turn; false when there were enough. */
  private boolean pace(long begin) throws InterruptedException {
    long mine = begun.getAndIncrement();
    if (mine >= settings.operations()) {
      return false;
    }
    long due = begin + (long) (mine / settings.perSecond() * 1e9);
    long wait = due - System.nanoTime();
    if (wait > 0) {
      TimeUnit.NANOSECONDS.sleep(wait);
    }
    return true;
  }

  private void attempt(Task task) throws InterruptedException {
    try {
      task.run();
    } catch (IOException | RuntimeException e) {
      failed.incrementAndGet();
      System.out.println("  a request came to nothing: " + e.getMessage());
    }
  }

  private void openCase() throws IOException, InterruptedException {
    long number = cases.getAndIncrement();
    Random random = new Random(settings.seed() * 1_000_003 + number);
    String id = "load-" + run + "-" + number;
    byte[] alert = Alerts.falco(id, random.nextInt(3) == 0 ? "Notice" : "Critical");
    List<Task> votes = new ArrayList<>();
    if (random.nextInt(10) == 0) {
      votes.add(() -> recorder.alert(id, alert));
      tasks.add(() -> recorder.alert(id, alert));
    }
    var caseId = recorder.alert(id, alert);
    if (caseId.isEmpty()) {
      return;
    }
    Ballots ballots = recorder.ballots(caseId.get(), council.voters().get(0), OPEN_LIMIT);
    boolean someStayAway = random.nextInt(8) == 0;
    for (Council.Voter voter : council.voters()) {
      String support = support(random);
      if (someStayAway && random.nextInt(3) > 0) {
        continue;
      }
      Ballots.Signed ballot = ballots.sign(voter, support);
      votes.add(() -> recorder.vote(ballot));
      if (random.nextInt(10) == 0) {
        votes.add(() -> recorder.vote(ballot));
      }
    }
    Collections.shuffle(votes, random);
    tasks.addAll(votes);
  }

  private static String support(Random random) {
    int draw = random.nextInt(10);
    return draw < 6 ? "FOR" : draw < 8 ? "AGAINST" : "ABSTAIN";
  }
}
