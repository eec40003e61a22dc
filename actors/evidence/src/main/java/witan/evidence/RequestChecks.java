package witan.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.execution.Order;
import witan.domain.execution.Request;
import witan.domain.execution.RequestTable;
import witan.domain.playbook.K8sAction;
import witan.domain.playbook.PlaybookStep;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.StepOutcome;

/**
 * That each request which was sent, or rendered in a rehearsal, is one that its step's action
 * makes, and that what is logged as done or rehearsed has requests that say so.
 */
final class RequestChecks {
  private static final Limits LIMITS = Limits.ofBytes(1 << 20);
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private final CaseFile file;
  private final Map<String, CaseEvent.StepIntended> intents = new HashMap<>();
  private int requests;

  private RequestChecks(CaseFile file) {
    this.file = file;
  }

  static String check(CaseFile file) {
    RequestChecks checks = new RequestChecks(file);
    file.entries().forEach(l -> checks.take("number " + l.entry().seq(), l.event()));
    return checks.requests + " requests are ones that the actions of their steps make";
  }

  private void take(String where, CaseEvent event) {
    if (event instanceof CaseEvent.StepIntended e) {
      intents.put(key(e.step(), e.attempt()), e);
    } else if (event instanceof CaseEvent.StepObserved e) {
      CaseEvent.StepIntended intent = intents.get(key(e.step(), e.attempt()));
      if (intent == null) {
        throw new CheckFailed(where + ": what was observed was never intended");
      }
      observed(where, intent, e);
    }
  }

  private static String key(String step, int attempt) {
    return attempt + "|" + step;
  }

  private void observed(String where, CaseEvent.StepIntended intent, CaseEvent.StepObserved e) {
    List<Request> sent = sent(where, e);
    requests += sent.size();
    Order order = Order.said(file.caseId(), intent).with(intent.parameters());
    for (Request request : sent) {
      CheckFailed.unless(
          RequestTable.allows(order, request),
          where
              + ": "
              + request.method()
              + " "
              + request.path()
              + " is no request of "
              + intent.action());
    }
    if (asked(intent.action())) {
      said(where, intent.action(), e.outcome(), sent);
    }
    if (intent.parameters().containsKey("connection") && e.outcome() == StepOutcome.DONE) {
      answered(where, e);
    }
  }

  /** What a connection did is known by its answer alone: its status, and the digest of the rest. */
  private static void answered(String where, CaseEvent.StepObserved e) {
    for (JsonNode request : Json.parse(Hashes.utf8(e.requests()), LIMITS)) {
      JsonNode answer = request.path("answer");
      int status = answer.path("status").asInt();
      CheckFailed.unless(
          status >= 200
              && status <= 299
              && DIGEST.matcher(answer.path("sha256").asText()).matches(),
          where + ": logged as done, and no answer says so");
    }
  }

  /** A person, or the registry, is sent no requests: the table has none of them. */
  private static boolean asked(String action) {
    return action.equals(PlaybookStep.HTTP)
        || K8sAction.of(action).or(() -> K8sAction.inverseOf(action)).isPresent();
  }

  private static void said(String where, String action, StepOutcome outcome, List<Request> sent) {
    int objects =
        K8sAction.of(action).or(() -> K8sAction.inverseOf(action)).orElse(null)
                == K8sAction.DENY_ALL_NETWORK_POLICY
            ? 2
            : 1;
    if (outcome == StepOutcome.REHEARSED) {
      CheckFailed.unless(
          sent.stream().filter(RequestTable::mutates).count() >= objects,
          where + ": a rehearsal of " + action + " without what it would have changed");
    } else if (outcome == StepOutcome.DONE) {
      // What was there already is read alone; nothing is done without a look at it.
      CheckFailed.unless(
          new HashSet<>(sent.stream().map(Request::path).toList()).size() >= objects,
          where + ": " + action + " is logged as done, and nothing was sent for it");
    }
  }

  private static List<Request> sent(String where, CaseEvent.StepObserved e) {
    JsonNode logged = Json.parse(Hashes.utf8(e.requests()), LIMITS);
    CheckFailed.unless(logged.isArray(), where + ": its requests are no list");
    List<Request> sent = new ArrayList<>();
    for (JsonNode element : logged) {
      sent.add(
          Request.logged(Json.toTree(element))
              .orElseThrow(() -> new CheckFailed(where + ": a request is none")));
    }
    return sent;
  }
}
