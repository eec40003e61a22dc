package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.OptionBuilder.anOption;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import witan.codec.playbook.ShippedPlaybooks;
import witan.domain.common.Digest;
import witan.domain.governance.Target;
import witan.domain.proposal.Draft;
import witan.domain.proposal.ProposalKind;

/** A case that the shipped rules propose nothing for, on a node that dies while it waits. */
class UnproposedCaseIT {
  private static Stack stack;

  @BeforeAll
  static void start() throws Exception {
    stack =
        new Stack(
            Path.of("target", "it-unproposed"),
            "witan.driver { proposal-wait = 1h, proposal-look = 1s }\n");
    stack.ready();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  /** On a host, and on no pod. */
  private static String reported(String host) throws Exception {
    String alert =
        """
        {"uuid":"%1$s","priority":"Critical","rule":"Unexpected process","source":"syscall",\
        "time":"2026-11-23T09:41:07.114Z","hostname":"%1$s","output":"o","output_fields":{}}\
        """
            .formatted(host);
    return stack
        .api
        .alert(alert.getBytes(StandardCharsets.UTF_8))
        .json()
        .at("/alerts/0/caseId")
        .asText();
  }

  private static List<String> waits(String caseId) throws Exception {
    return stack.cases.details(caseId).path("waits").findValuesAsText("code");
  }

  private static void awaitWait(String caseId) throws Exception {
    Await.until("what " + caseId + " waits for", () -> waits(caseId).contains("proposal_missing"));
  }

  /** Isolates a pod, for that is what there is a playbook for. */
  private static String proposed(String alertsOf) throws Exception {
    Digest alert = new Digest(stack.cases.details(alertsOf).at("/alerts/0/rawDigest").asText());
    return stack.cases.propose(
        "ana",
        new Draft(
            Stack.COUNCIL,
            ProposalKind.INCIDENT,
            "Isolate what ran there",
            List.of(alert),
            List.of(
                anOption()
                    .titled("Isolate the pod")
                    .playbook(ShippedPlaybooks.isolateWorkload().digest())
                    .targets(new Target(Api.SENSOR_CLUSTER, "shop", "Pod", "checkout-1"))
                    .build()),
            null));
  }

  @Test
  void it_waits_over_a_crash_until_a_member_proposes_something_for_it_alone() throws Exception {
    String one = reported("host-1");
    String other = reported("host-2");
    awaitWait(one);
    awaitWait(other);
    stack.killNode();
    stack.startNode(true);
    awaitWait(one);
    awaitWait(other);
    assertTrue(stack.api.partsDown().contains("proposals"));

    String byHand = proposed(one);
    stack.cases.awaitSealed(one);

    JsonNode closed = stack.cases.details(one);
    assertEquals("proposed_by_hand: " + byHand, closed.path("closeReason").asText());
    assertFalse(stack.cases.types(other).contains("CaseClosed"));
    awaitWait(other);
  }

  @Test
  void a_node_and_config_check_refuse_a_setting_that_nobody_reads() throws Exception {
    assertEquals(0, stack.witan("config", "check").exit());

    String said = stack.refusedNode("witan.htpp.max-body = 1 MiB\n");

    assertTrue(said.contains("did you mean witan.http.max-body?"), said);
  }
}
