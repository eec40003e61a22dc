package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everything stops and starts on the same data; database and chain are killed under the node. */
@ExtendWith(Stack.Provider.class)
class RestartIT {

  @Test
  void log_council_and_cases_are_there_after_down_and_up(Stack stack) throws Exception {
    Cases cases = stack.cases;
    String closed = cases.play(Cases.Kind.URGENT);
    String open = cases.open(Cases.Kind.URGENT);
    cases.vote(open, "ana");
    cases.vote(open, "chen");
    JsonNode council = stack.api.json("/v1/council");
    JsonNode details = cases.details(closed).get("events");
    byte[] entry = stack.api.bytes("/v1/log/entries/0");
    // Members' proposals of other tests are cases too.
    Await.until("all cases", () -> listed(stack).containsAll(cases.alerts().keySet()));
    Set<String> listed = listed(stack);

    stack.stopNode();
    stack.anvil().close();
    stack.database().close();
    stack.startDatabase();
    stack.startChain();
    stack.startNode(true);

    assertEquals(council, stack.api.json("/v1/council"));
    assertEquals(details, cases.details(closed).get("events"));
    assertArrayEquals(entry, stack.api.bytes("/v1/log/entries/0"));
    Await.until("the list of cases", () -> listed(stack).equals(listed));
    for (Cases.Acknowledged vote : cases.acknowledged()) {
      cases.assertRepeats(vote);
    }
    for (Map.Entry<String, byte[]> alert : cases.alerts().entrySet()) {
      JsonNode outcome = stack.api.alert(alert.getValue()).json().path("alerts").path(0);
      assertEquals(alert.getKey(), outcome.path("caseId").asText(), outcome.toString());
      assertFalse("opened".equalsIgnoreCase(outcome.path("outcome").asText()), outcome.toString());
    }
    JsonNode founded = stack.api.found(stack.founding()).json();
    assertTrue(founded.get("repeated").booleanValue(), founded.toString());
    cases.vote(open, "eli");
    cases.vote(open, "fay");
    cases.awaitSealed(open);
    cases.assertVotedOnce(open, Ballots.APPROVERS, "640");
    cases.assertExecutedOnce(open);
  }

  private static Set<String> listed(Stack stack) throws Exception {
    Set<String> ids = new TreeSet<>();
    stack
        .api
        .json("/v1/cases?limit=500")
        .get("items")
        .forEach(item -> ids.add(item.get("caseId").textValue()));
    return ids;
  }

  @Test
  void a_vote_is_counted_once_when_the_database_is_killed_before_it(Stack stack) throws Exception {
    Cases cases = stack.cases;
    String caseId = cases.open(Cases.Kind.URGENT);
    Cases.Acknowledged ana = cases.vote(caseId, "ana");
    Ballots.Prepared chen = cases.prepare(caseId, "chen");
    stack.database().kill9();

    Api.Reply refused = stack.api.tryVote(chen);
    assertEquals(503, refused.status(), "nothing may be acknowledged: " + refused);
    assertEquals(503, stack.api.get("/v1/health/ready").status());
    Set<String> down = stack.api.partsDown();
    assertTrue(down.containsAll(Set.of("database", "journal", "log")), down.toString());
    assertFalse(down.contains("cluster") || down.contains("chain"), down.toString());
    stack.startDatabase();

    cases.cast(chen);
    cases.assertRepeats(ana);
    cases.vote(caseId, "eli");
    cases.vote(caseId, "fay");
    cases.awaitSealed(caseId);
    cases.assertVotedOnce(caseId, Ballots.APPROVERS, "640");
    cases.assertExecutedOnce(caseId);
  }

  @Test
  void everything_is_anchored_again_when_a_killed_chain_came_back_shorter(Stack stack)
      throws Exception {
    Cases cases = stack.cases;
    cases.awaitAnchored(cases.play(Cases.Kind.URGENT));
    stack.anvil().kill9();
    stack.anvil().close();
    stack.startChain();

    String after = cases.play(Cases.Kind.ANCHORED);
    cases.assertExecutedOnce(after);
    for (String caseId : cases.alerts().keySet()) {
      cases.awaitAnchored(caseId);
    }
  }
}
