package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import witan.domain.execution.Order;
import witan.domain.execution.RequestTable;
import witan.domain.waiting.WaitCode;

/** One pass over the objects of an order. */
final class Attempt {
  private static final int DETAIL_LIMIT = 1_000;

  private final Action action;
  private final Order order;
  private final ClusterConnection connection;
  private final Guardrails guardrails;
  private final List<KubernetesRequest> sent = new ArrayList<>();
  private boolean wrote;
  private int leftOut;

  Attempt(Action action, Order order, ClusterConnection connection, Guardrails guardrails) {
    this.action = action;
    this.order = order;
    this.connection = connection;
    this.guardrails = guardrails;
  }

  ActionResult reconcile() {
    return each(this::look);
  }

  ActionResult perform() {
    return each(this::bringAbout);
  }

  /** What was asked first; the last of them where one was not answered. */
  private List<Reply> lookups() {
    List<Reply> found = new ArrayList<>();
    for (KubernetesRequest lookup : action.lookups(order)) {
      Reply reply = send(lookup);
      found.add(reply);
      if (reply.status() != 200 && reply.status() != 404) {
        break;
      }
    }
    return found;
  }

  private static boolean answered(List<Reply> found) {
    return found.isEmpty() || settled(found.get(found.size() - 1));
  }

  private static boolean settled(Reply reply) {
    return reply.status() == 200 || reply.status() == 404;
  }

  private List<Change> changes(List<Reply> found) {
    List<Change> changes = new ArrayList<>(action.changes(order, found));
    int all = changes.size();
    changes.removeIf(change -> guardrails.isOutside(order, change));
    leftOut = all - changes.size();
    return changes;
  }

  /** The first object that is not done decides. */
  private ActionResult each(Function<Change, ActionResult> move) {
    List<Reply> found = lookups();
    if (!answered(found)) {
      return trouble(found.get(found.size() - 1), false);
    }
    Optional<String> tooMany = guardrails.tooMany(order, action.pods(order, found));
    if (tooMany.isPresent()) {
      return new ActionResult.Failed(tooMany.get(), log());
    }
    ActionResult last = new ActionResult.Failed("there is nothing to do", log());
    for (Change change : changes(found)) {
      last = move.apply(change);
      if (!(last instanceof ActionResult.Done)) {
        return last;
      }
    }
    return last;
  }

  private ActionResult look(Change change) {
    Reply read = read(change);
    if (!settled(read)) {
      return trouble(read, false);
    }
    return change.applied(read)
        ? new ActionResult.Done("found as intended", log())
        : new ActionResult.NotApplied("no such effect at " + change.path(), log());
  }

  private ActionResult bringAbout(Change change) {
    Reply read = read(change);
    if (!settled(read)) {
      return trouble(read, false);
    }
    // Before the marks are believed: whoever can annotate the object can write them.
    Optional<String> untouchable = guardrails.refuse(order, change, read);
    if (untouchable.isPresent()) {
      return new ActionResult.Failed(untouchable.get(), log());
    }
    if (change.applied(read)) {
      return new ActionResult.Done(wrote ? done() : "already as intended", log());
    }
    Optional<String> refusal = change.refuse(read);
    if (refusal.isPresent()) {
      return new ActionResult.Failed(refusal.get(), log());
    }
    Reply written = send(change.write(read));
    if (!written.success()) {
      return trouble(written, true);
    }
    wrote = true;
    return confirm(change, read(change));
  }

  private ActionResult confirm(Change change, Reply readBack) {
    if (!settled(readBack)) {
      return trouble(readBack, true);
    }
    return change.applied(readBack)
        ? new ActionResult.Done(done(), log())
        : new ActionResult.Retry(
            "the read-back does not show the effect", log(), Optional.empty(), true);
  }

  private String done() {
    return leftOut == 0
        ? "done and read back"
        : "done and read back; " + leftOut + " in namespaces that are not allowed left alone";
  }

  /** Sends every write with {@code dryRun=All}; goes on after a refusal, to find them all. */
  DryRun dryRun() {
    List<Reply> found = lookups();
    if (!answered(found)) {
      Reply last = found.get(found.size() - 1);
      return notNow(last) ? DryRun.unanswered(last.describe()) : DryRun.refused(last.describe());
    }
    long pods = action.pods(order, found);
    List<String> against = new ArrayList<>();
    guardrails.tooMany(order, pods).ifPresent(against::add);
    List<DryRun.Touched> touched = new ArrayList<>();
    List<String> budgets = new ArrayList<>();
    Map<String, JsonNode> results = new TreeMap<>();
    for (Change change : changes(found)) {
      Reply read = read(change);
      if (notNow(read)) {
        return DryRun.unanswered(change.path() + ": " + read.describe());
      }
      if (!settled(read)) {
        against.add(change.path() + ": " + read.describe());
        continue;
      }
      boolean held = change.applied(read);
      touched.add(DryRun.Touched.of(change.path(), read, held));
      Optional<String> untouchable = guardrails.refuse(order, change, read);
      untouchable.ifPresent(why -> against.add(change.path() + ": " + why));
      if (held || untouchable.isPresent()) {
        continue;
      }
      Optional<String> refusal = change.refuse(read);
      if (refusal.isPresent()) {
        against.add(change.path() + ": " + refusal.get());
      } else if (!change.needsEarlier()) {
        ask(change, read, results, budgets).ifPresent(against::add);
      }
    }
    return new DryRun(
        true,
        against.isEmpty(),
        shorten(String.join("; ", against)),
        pods,
        touched,
        budgets,
        results,
        log());
  }

  private Optional<String> ask(
      Change change, Reply read, Map<String, JsonNode> results, List<String> budgets) {
    KubernetesRequest asked = change.write(read).dryRun();
    Reply answer = send(asked);
    if (!answer.success()) {
      String why = change.path() + ": " + answer.describe();
      if (answer.status() == 429 && asked.path().endsWith("/eviction")) {
        budgets.add(why);
      }
      return Optional.of(why);
    }
    if (!change.path().contains("/secrets/")) {
      results.put(change.path(), DryRun.comparable(answer.json()));
    }
    return Optional.empty();
  }

  private static boolean notNow(Reply reply) {
    return reply.status() == 0 || reply.status() == 429 || reply.status() >= 500;
  }

  private Reply read(Change change) {
    return send(KubernetesRequest.get(change.path()));
  }

  /** What the table does not allow is not sent, whoever asks for it; that is final. */
  private Reply send(KubernetesRequest request) {
    if (!RequestTable.allows(order, request.request())) {
      return Reply.refused(RequestTable.CODE, request);
    }
    sent.add(request);
    return connection.send(request);
  }

  /** 409: somebody changed the object; read again. 429, 5xx, no answer: later. Else: final. */
  private ActionResult trouble(Reply reply, boolean afterWrite) {
    String detail = shorten(reply.describe());
    boolean refused = reply.status() == 409 || reply.status() == 429;
    if (refused || reply.status() == 0 || reply.status() >= 500) {
      Optional<Duration> after = reply.retryAfter();
      return new ActionResult.Retry(
          detail,
          log(),
          after,
          wrote || (afterWrite && !refused),
          reply.status() == 0 ? WaitCode.TARGET_UNREACHABLE : WaitCode.STEP_RETRIED);
    }
    return new ActionResult.Failed(detail, log());
  }

  private String log() {
    return RequestJson.of(sent);
  }

  private static String shorten(String text) {
    return text.length() <= DETAIL_LIMIT ? text : text.substring(0, DETAIL_LIMIT);
  }
}
