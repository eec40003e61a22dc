package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.cluster.it.Scene.Played;
import witan.cluster.node.CrashPoints.Point;
import witan.codec.json.Json;
import witan.domain.governance.AlertTrust;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.SensorKey;
import witan.log.checkpoint.NoteSigner;

/**
 * What one holder of the council's keys, ports or rows can have done: nothing. Each treachery comes
 * after an honest case that had its effect on a real Kubernetes API server, is refused by its code
 * with no request that the API server's own audit log has, is not proven to an auditor, and the
 * next honest case goes through.
 *
 * <p>Three rows come last, in this order: one changes the council's rules, leases are counted by
 * the hour, and a registry that was poisoned stops every execution for good.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TreacheryIT {
  /** Three are needed by rows that begin with one. */
  private static final int LEASES_AN_HOUR = 5;

  private static final int DEMANDS_SIGNED_ALERTS = Integer.MAX_VALUE - 2;
  private static final int SPENDS_THE_LEASES = Integer.MAX_VALUE - 1;
  private static final int POISONS_THE_REGISTRY = Integer.MAX_VALUE;

  /**
   * With one of the two members' hundred tokens more they decide, with none of them they do not.
   */
  private static final List<String> ALMOST = List.of("ana", "chen", "fay");

  private static final String FOR = "support=for&options=0";

  private static Scene scene;
  private static Stack stack;

  @BeforeAll
  static void start() throws Exception {
    scene =
        Scene.start(
            "treachery",
            "witan.containment { per-cluster-an-hour = "
                + LEASES_AN_HOUR
                + ", an-hour = 100, lease = 6s }\n"
                + "witan.execution.feed.alarm-after = 3s\n");
    stack = scene.stack;
  }

  @AfterAll
  static void stop() {
    if (scene != null) {
      scene.close();
    }
  }

  // ---- a node that holds cases ------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"target", "action", "parameter"})
  void an_intent_of_something_else_behind_a_real_approval_is_never_performed(String what)
      throws Exception {
    Played twin = scene.honest();
    Played bystander = scene.bystander();
    Played betrayed = scene.open(Cases.Kind.URGENT);
    ObjectNode words = Scene.act("swap", betrayed, twin);
    words.set("ballots", scene.ballots(betrayed, FOR, Ballots.APPROVERS));
    String uid = scene.kubernetes.uid(betrayed.pod());

    scene.betray(Scene.swapping(words, Scene.swapped(what, betrayed, bystander, uid)));

    scene.lateVote(betrayed);
    scene.awaitRefused(betrayed.caseId(), "forged_intent");
    scene.awaitNodeSays("ALARM", betrayed.caseId(), "forged_intent");
    stack.cases.awaitSealed(betrayed.caseId());
    scene.audit.requireNone("the case is void");
    scene.untouched(bystander);
    assertEquals(uid, scene.kubernetes.uid(betrayed.pod()));
    scene.disproved(betrayed.caseId());
    scene.honest();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no_grant", "grant_over"})
  void a_containment_without_a_lease_or_with_one_that_is_over_does_nothing(String code)
      throws Exception {
    Played twin = scene.contained();
    // Corroborated, and not begun: nothing but a lease is missing.
    scene.turnContainment(false);
    Played betrayed = scene.invented();
    assertFalse(scene.begun(betrayed), betrayed.toString());
    scene.turnContainment(true);
    long grant = 4_711;
    if (code.equals("grant_over")) {
      grant = scene.prepare(Scene.act("grant", betrayed.caseId())).get("grant").longValue();
      scene.prepare(Scene.act("release", betrayed.caseId()));
    }

    scene.betray(Scene.act("contain", betrayed, twin).put("grant", grant));

    scene.lateAlert(betrayed, twin);
    scene.awaitEnded(betrayed, code);
    scene.untouched(betrayed);
    scene.neverProven(betrayed.caseId());
    scene.honest();
  }

  @Test
  void a_containment_of_what_the_alerts_do_not_name_does_nothing() throws Exception {
    Played twin = scene.contained();
    Played bystander = scene.bystander();
    Played betrayed = scene.made(twin);
    scene.prepare(Scene.act("open-vote", betrayed, twin).put("victim", bystander.name()));
    stack.cases.awaitType(betrayed.caseId(), "ContainmentRefused");
    long grant = scene.prepare(Scene.act("grant", betrayed.caseId())).get("grant").longValue();

    scene.betray(Scene.act("contain", betrayed, twin).put("grant", grant));

    scene.lateAlert(betrayed, twin);
    scene.awaitEnded(betrayed, "not_corroborated");
    scene.untouched(bystander);
    scene.neverProven(betrayed.caseId());
    scene.honest();
  }

  @Test
  void a_vote_by_a_made_up_electorate_decides_nothing() throws Exception {
    Played twin = scene.honest();
    Played betrayed = scene.made(twin);
    scene.betray(Scene.act("open-vote", betrayed, twin).put("voter", Ballots.address("mallory")));

    stack.cases.vote(betrayed.caseId(), "mallory");

    stack.cases.awaitType(betrayed.caseId(), "ProposalApproved");
    scene.awaitRefused(betrayed.caseId(), "wrong_electorate");
    stack.cases.awaitSealed(betrayed.caseId());
    scene.untouched(betrayed);
    scene.disproved(betrayed.caseId());
    scene.honest();
  }

  @Test
  void ballots_that_nobody_signed_count_nowhere_and_lock_nobody_out() throws Exception {
    Played twin = scene.honest();
    Played betrayed = scene.open(Cases.Kind.URGENT);

    JsonNode answers =
        scene.betray(
            Scene.act("cast", betrayed, twin)
                .set("ballots", scene.forged(betrayed, "support=against", Ballots.APPROVERS)));

    for (JsonNode code : answers.get("codes")) {
      assertEquals("signature_wrong_signer", code.asText(), answers.toString());
    }
    scene.audit.requireNone("nobody has voted");
    assertFalse(stack.cases.types(betrayed.caseId()).contains("VoteCast"));
    scene.approved(betrayed);
  }

  @Test
  void a_case_with_forged_ballots_for_everybody_is_void() throws Exception {
    Played twin = scene.honest();
    Played betrayed = scene.open(Cases.Kind.URGENT);

    scene.betray(
        Scene.act("forge-ballots", betrayed, twin)
            .set("ballots", scene.forged(betrayed, FOR, Ballots.APPROVERS)));

    scene.lateVote(betrayed);
    scene.awaitRefused(betrayed.caseId(), "forged_ballot");
    stack.cases.awaitSealed(betrayed.caseId());
    scene.untouched(betrayed);
    scene.disproved(betrayed.caseId());
    scene.honest();
  }

  @Test
  void an_effect_that_nobody_brought_about_is_not_proven() throws Exception {
    Played twin = scene.honest();
    Played betrayed = scene.open(Cases.Kind.URGENT);
    ObjectNode words = Scene.act("pretend", betrayed, twin);
    words.set("ballots", scene.ballots(betrayed, FOR, Ballots.APPROVERS));

    scene.betray(words);

    stack.cases.awaitSealed(betrayed.caseId());
    scene.audit.requireNone("nothing was sent");
    scene.untouched(betrayed);
    scene.disproved(betrayed.caseId());
    scene.honest();
  }

  @Test
  void an_intent_with_another_pin_than_its_executor_signed_is_never_performed() throws Exception {
    scene.honest();
    stack.ready();
    stack.arm(Point.BEFORE_EFFECT);
    Played betrayed = scene.removal();
    stack.awaitReached(Point.BEFORE_EFFECT);
    // The pod that was voted on is gone; its owner has made another one.
    String another = scene.kubernetes.replace(betrayed.pod());

    scene.betray(Scene.act("swap-pin", betrayed.caseId()).put("uid", another));
    stack.killNode();
    stack.startNode(true);

    scene.awaitRefused(betrayed.caseId(), "forged_intent");
    assertEquals(another, scene.kubernetes.uid(betrayed.pod()));
    scene.neverProven(betrayed.caseId());
    scene.honest();
  }

  @Test
  void an_end_that_no_member_signed_voids_the_case() throws Exception {
    scene.honest();
    Played betrayed = scene.open(Cases.Kind.URGENT);
    ObjectNode words = Scene.act("abort", betrayed.caseId()).put("member", Ballots.address("ana"));
    words.set("ballots", scene.ballots(betrayed, FOR, Ballots.APPROVERS));

    scene.betray(words);

    scene.lateVote(betrayed);
    scene.awaitRefused(betrayed.caseId(), "forged_abort");
    stack.cases.awaitSealed(betrayed.caseId());
    scene.audit.requireNone("the case is void");
    scene.untouched(betrayed);
    scene.disproved(betrayed.caseId());
    scene.honest();
  }

  @Test
  void containment_that_no_member_switched_on_stays_off() throws Exception {
    scene.contained();
    scene.turnContainment(false);
    scene.betray(Scene.act("switch-on", "").put("member", Ballots.address("ana")));

    Played invented = scene.invented();

    assertFalse(scene.begun(invented), invented.toString());
    assertEquals(
        "containment_off",
        stack.cases.details(invented.caseId()).at("/containment/refused/code").asText());
    scene.audit.requireNone("no member switched it on");
    scene.awaitNodeSays("ALARM", "forged_switch");
    scene.turnContainment(false);
    scene.turnContainment(true);
    scene.honest();
  }

  // ---- certificates -----------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(names = {"STRANGER", "EXPIRED"})
  void whose_certificate_is_not_believed_reaches_no_node(Holder holder) throws Exception {
    assertTrue(scene.betrayAs(Holder.CASE, knock()).get("answered").booleanValue());

    JsonNode knocked = scene.betrayAs(holder, knock());

    assertFalse(knocked.get("answered").booleanValue(), knocked.toString());
    scene.audit.requireNone("nobody was reached");
    scene.honest();
  }

  private static ObjectNode knock() {
    return TraitorProcess.words("knock");
  }

  @Test
  void an_api_nodes_certificate_does_nothing_that_is_another_roles() throws Exception {
    Played twin = scene.honest();
    Played bystander = scene.bystander();
    ObjectNode intent =
        Scene.act("intend", twin.caseId())
            .put("cluster", Api.SENSOR_CLUSTER)
            .put("victim", bystander.name());
    ObjectNode change = Scene.act("apply-change", twin.caseId()).put("member", "nobody");
    ObjectNode note = Scene.act("append", twin.caseId());

    for (ObjectNode command : List.of(intent, change)) {
      String code = scene.betrayAs(Holder.API, command).get("code").asText();
      assertTrue(code.startsWith("wrong_role: "), code);
      scene.audit.requireNone("an API node said so");
      // Whoever has the role is heard, and told what the rules say.
      code = scene.betrayAs(Holder.EXECUTOR, command).get("code").asText();
      assertTrue(code.matches("[a-z_]+") && !code.equals("done"), code);
    }
    assertFalse(scene.betrayAs(Holder.API, note).get("answered").booleanValue());
    scene.awaitNodeSays("REFUSED_SENDER", "notes|" + twin.caseId(), "wrong_role");
    assertTrue(scene.betrayAs(Holder.CASE, note).get("answered").booleanValue());
    scene.untouched(bystander);
    scene.honest();
  }

  // ---- the database, the log's key --------------------------------------------------------

  @Test
  void rows_that_no_sequencer_wrote_are_an_alarm_and_no_order() throws Exception {
    Played twin = scene.honest();
    Played bystander = scene.bystander();
    Played betrayed = scene.open(Cases.Kind.ANCHORED);
    stack.anvil().pause();
    try {
      stack.cases.approve(betrayed.caseId());
      stack.cases.awaitType(betrayed.caseId(), "ProposalApproved");
      scene.betray(
          Scene.swapping(
              Scene.act("insert-rows", betrayed, twin),
              Scene.swapped("target", betrayed, bystander, "")));
      scene.audit.requireNone("the decision is not anchored");
    } finally {
      stack.anvil().resume();
    }

    Await.until(
        "what was decided, and nothing else",
        () -> {
          scene.untouched(bystander);
          return stack.cases.types(betrayed.caseId()).contains("CaseSealed");
        });
    scene.done(betrayed);
    assertTrue(
        stack.nodeLog().lines().anyMatch(l -> l.contains("ALARM") && l.contains("log_row_forged")));
    scene.prepare(TraitorProcess.words("remove-rows"));
    scene.untouched(bystander);
    scene.honest();
  }

  @Test
  void a_revoked_key_votes_neither_by_an_old_alert_nor_by_hidden_rows() throws Exception {
    Played twin = scene.honest();
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    stack.cases.revoke("gil");
    Played old = scene.made(twin);
    scene.prepare(Scene.act("record-alert", old, twin).put("ingestedAt", Json.format(before)));
    stack.cases.awaitType(old.caseId(), "VotingOpened");
    for (String member : ALMOST) {
      stack.cases.vote(old.caseId(), member);
    }
    scene.audit.mark();

    Api.Reply refused = stack.api.tryVote(stack.cases.prepare(old.caseId(), "gil"));

    assertEquals("key_rotated", refused.json().path("code").asText(), refused.toString());
    scene.audit.requireNone("the members have not decided");
    stack.cases.vote(old.caseId(), "eli");
    scene.done(old);

    hiddenRevocation();
    leftOut(twin);
    scene.honest();
  }

  /** The row is gone when the node starts, and is back in the end. */
  private static void hiddenRevocation() throws Exception {
    scene.prepare(TraitorProcess.words("hide-last").put("pid", "registry|" + Stack.COUNCIL));
    stack.killNode();
    stack.startNode(true);
    Played betrayed = scene.openUncontained();
    for (String member : ALMOST) {
      stack.cases.vote(betrayed.caseId(), member);
    }
    scene.audit.mark();
    Api.Reply refused = stack.api.tryVote(stack.cases.prepare(betrayed.caseId(), "gil"));
    assertEquals("not_a_member", refused.json().path("code").asText(), refused.toString());
    stack.cases.vote(betrayed.caseId(), "eli");
    Await.until("the alarm", () -> scene.feed().contains("entry_hidden"));
    scene.audit.requireNone("a revocation is hidden");

    scene.prepare(TraitorProcess.words("show"));

    scene.done(betrayed);
  }

  /**
   * A vote by the electorate of before the revocation, and its bundle without the revocation: what
   * is left of the registry bears it out.
   */
  private static void leftOut(Played before) throws Exception {
    Played betrayed = scene.made(before);
    scene.prepare(Scene.act("open-vote", betrayed, before));
    stack.cases.awaitType(betrayed.caseId(), "VotingOpened");
    for (String member : ALMOST) {
      stack.cases.vote(betrayed.caseId(), member);
    }
    scene.audit.mark();
    stack.cases.vote(betrayed.caseId(), "gil");
    scene.awaitRefused(betrayed.caseId(), "wrong_electorate");
    stack.cases.awaitSealed(betrayed.caseId());
    scene.untouched(betrayed);
    scene.disproved(betrayed.caseId());

    Path trimmed = stack.checker.bundles().resolve("trimmed.witan");
    scene.prepare(scene.signing("trim-registry", betrayed, trimmed).put("from", "KeyRevoked"));
    Verifier.Verdict verdict = scene.verdict(trimmed);
    assertNotEquals(0, verdict.exit(), verdict.report());
    assertTrue(verdict.exit() == 1 || verdict.open().contains("registry's end"), verdict.report());
  }

  @Test
  void a_fork_beyond_the_last_anchor_is_not_proven() throws Exception {
    Played twin = scene.honest();
    stack.cases.awaitAnchored(twin.caseId());
    Played betrayed = scene.open(Cases.Kind.URGENT);
    Path fork = stack.checker.bundles().resolve("fork.witan");
    ObjectNode words = scene.signing("fork", betrayed, fork);
    words.set("ballots", scene.ballots(betrayed, "support=against", Ballots.APPROVERS));

    // In the real log nobody has voted yet, and then all of them for it.
    scene.betray(words);

    Verifier.Verdict verdict = scene.verdict(fork);
    assertNotEquals(0, verdict.exit(), verdict.report());
    assertTrue(verdict.exit() == 1 || verdict.open().contains("beyond anchor"), verdict.report());
    scene.approved(betrayed);
  }

  // ---- what comes last --------------------------------------------------------------------

  @Test
  @Order(DEMANDS_SIGNED_ALERTS)
  void invented_alerts_contain_nothing_where_signed_ones_are_demanded() throws Exception {
    NoteSigner falco = NoteSigner.generate("it-falco", new SecureRandom());
    NoteSigner second = NoteSigner.generate("it-second", new SecureRandom());
    stack.cases.change(
        new RegistryChange.RegisterSensors(
            List.of(
                new SensorKey("it-falco", Api.SENSOR_CLUSTER, falco.key().vkey()),
                new SensorKey("it-second", Api.SENSOR_CLUSTER, second.key().vkey())),
            List.of()));
    scene.trust(new AlertTrust(true, List.of()));
    scene.audit.mark();
    Played twin = scene.signed(falco, second);
    assertTrue(scene.begun(twin), twin.toString());
    scene.requireLeasedAndTakenBack(twin);

    scene.audit.mark();
    Played invented = scene.invented();
    // The last word on two sensors' alerts, and not on the first one's.
    Await.until(
        "the refusal of two alerts",
        () ->
            stack.cases.details(invented.caseId()).at("/containment/refused/alerts").intValue()
                == 2);

    assertEquals(
        "not_corroborated",
        stack.cases.details(invented.caseId()).at("/containment/refused/code").asText());
    scene.audit.requireNone("no sensor said so");
    scene.untouched(invented);
    scene.trust(AlertTrust.ANY);
    scene.honest();
  }

  @Test
  @Order(SPENDS_THE_LEASES)
  void invented_alerts_have_done_what_the_leases_allow_and_no_more() throws Exception {
    scene.honest();
    Played invented = scene.invented();
    while (scene.begun(invented)) {
      scene.requireLeasedAndTakenBack(invented);
      assertTrue(scene.granted() <= LEASES_AN_HOUR, "leases of this hour");
      invented = scene.invented();
    }

    assertEquals(
        "containment_cluster_budget",
        stack.cases.details(invented.caseId()).at("/containment/refused/code").asText());
    assertEquals(LEASES_AN_HOUR, scene.granted());
    scene.untouched(invented);
    scene.honest();
  }

  @Test
  @Order(POISONS_THE_REGISTRY)
  void a_registry_that_was_changed_without_a_case_stops_every_execution() throws Exception {
    scene.honest();
    scene.prepare(Scene.act("move-reputation", "").put("member", "bo"));
    scene.prepare(Scene.act("slash", "").put("member", "bo").put("tokens", "130"));
    scene.betray(
        Scene.act("admit", "")
            .put("member", "mallory")
            .put("address", Ballots.address("mallory"))
            .put("tokens", "9000"));
    Played betrayed = scene.openUncontained();

    stack.cases.vote(betrayed.caseId(), "mallory");

    scene.awaitRefused(betrayed.caseId(), "wrong_registry");
    scene.untouched(betrayed);
    scene.neverProven(betrayed.caseId());
    Played honest = scene.openUncontained();
    stack.cases.vote(honest.caseId(), "mallory");
    scene.awaitRefused(honest.caseId(), "wrong_registry");
    scene.untouched(honest);
  }
}
