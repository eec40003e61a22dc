package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import witan.codec.json.Json;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Urgency;
import witan.domain.registry.Guardians;
import witan.domain.registry.RegistryChange;
import witan.log.tree.Hashing;

/** Rules that the council gives itself, over real entities: a table, guardians, and their use. */
@ExtendWith(Stack.Provider.class)
class GovernanceIT {
  private static final String REASON = "It would cut off the hospital";

  @Test
  void an_adopted_table_opens_expedited_votes_and_a_guardian_stops_a_response(Stack stack)
      throws Exception {
    List<Policy> founded = stack.cases.policies();
    List<Policy> policies = new ArrayList<>(founded);
    policies.add(expedited(founded.get(0)));
    stack.cases.change(new RegistryChange.AdoptPolicies(policies, table(1, "expedited", "urgent")));
    try {
      stack.cases.change(new RegistryChange.AppointGuardians(Guardians.of(List.of("gil"))));
      Path trust = Verifier.trust(stack, stack.checker.bundles().resolve("trust.json"));

      String converted = stack.cases.open(Cases.Kind.URGENT);
      JsonNode proposal = stack.api.json("/v1/proposals/" + converted);
      assertEquals("expedited", proposal.at("/policy/name").asText());
      assertEquals("urgent", proposal.at("/normalPolicy/name").asText());
      stack.cases.awaitType(converted, "VotingConverted");
      stack.cases.approve(converted);
      stack.cases.awaitSealed(converted);
      stack.cases.assertExecutedOnce(converted);
      proven(stack, converted, trust, "is what the rules in force choose");

      String vetoed = stack.cases.open(Cases.Kind.URGENT);
      Api.Reply stopped = veto(stack, vetoed);
      assertEquals(201, stopped.status(), stopped.toString());
      stack.cases.awaitSealed(vetoed);
      JsonNode details = stack.cases.details(vetoed);
      assertEquals("vetoed", details.path("closeReason").asText());
      assertEquals("VETOED", details.at("/outcome/phase").asText());
      proven(stack, vetoed, trust, REASON);

      String another = stack.cases.open(Cases.Kind.URGENT);
      Api.Reply spent = veto(stack, another);
      assertEquals(429, spent.status(), spent.toString());
      assertEquals("veto_limit", spent.json().path("code").asText());
    } finally {
      // Other tests of the run have the council as it was.
      stack.cases.change(new RegistryChange.AdoptPolicies(founded, table(2, "urgent", null)));
    }
  }

  private static PolicyTable table(long version, String urgent, String normal) {
    List<PolicyTable.Row> rows = new ArrayList<>();
    rows.add(new PolicyTable.Row(Urgency.ROUTINE, 0, "anchored", null, false));
    rows.add(new PolicyTable.Row(Urgency.ELEVATED, 0, "brief", null, false));
    rows.add(new PolicyTable.Row(Urgency.URGENT, 0, urgent, normal, false));
    return new PolicyTable(version, rows);
  }

  /** A higher bar, that nobody tries to reach, in little time. */
  private static Policy expedited(Policy like) {
    return aPolicy(like)
        .named("expedited")
        .version(1)
        .window(Duration.ofSeconds(3))
        .quorum(9_000)
        .support(9_000)
        .lateQuorumExtension(Duration.ZERO)
        .build();
  }

  private static Api.Reply veto(Stack stack, String caseId) throws Exception {
    String path = "/v1/proposals/" + caseId + "/veto";
    JsonNode toSign =
        stack.api.json(
            path
                + "/typed-data?guardian="
                + Ballots.address("gil")
                + "&reasonHash="
                + Hashing.sha256(REASON.getBytes(StandardCharsets.UTF_8)).hex());
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("veto", toSign.get("veto"));
    body.put("reason", REASON);
    body.put("signature", Ballots.signature("gil", toSign));
    return stack.api.asVoter(path, Json.canonical(body));
  }

  private static void proven(Stack stack, String caseId, Path trust, String saying)
      throws Exception {
    Verifier.Verdict verdict = Verifier.check(stack, stack.checker.export(caseId), trust);
    verdict.requireProven(Verifier.UNANCHORED);
    assertTrue(verdict.report().contains(saying), verdict.report());
  }
}
