package witan.actors.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import witan.actors.execution.CacaoSteps;
import witan.actors.kubernetes.ActionResult;
import witan.actors.kubernetes.KubernetesSettings;
import witan.actors.kubernetes.RehearsalActions;
import witan.actors.testing.MemoryCouncil;
import witan.codec.json.Json;
import witan.codec.playbook.PlaybookDocument;
import witan.codec.playbook.ShippedPlaybooks;
import witan.domain.api.Answer;
import witan.domain.catalogue.CatalogueCommand.PublishPlaybook;
import witan.domain.catalogue.CatalogueCommand.RetirePlaybook;
import witan.domain.catalogue.PlaybookFacts;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.Person;
import witan.domain.detection.Severity;
import witan.domain.execution.Order;
import witan.domain.governance.Corroboration;
import witan.domain.governance.ResponseOption;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.proposal.CaseCommand;
import witan.domain.response.ResponseRule;
import witan.domain.response.ResponseRules;

/** From rules and catalogue to options that can be carried out. */
class RuleOptionsTest {
  private static final CaseId CASE = new CaseId("c-1");

  private static ResponseRules rules(String... playbooks) {
    List<ResponseRule> rules = new ArrayList<>();
    for (String playbook : playbooks) {
      rules.add(
          new ResponseRule(
              "use-" + playbook,
              Severity.UNKNOWN,
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              Corroboration.Confidence.LOW,
              playbook));
    }
    return new ResponseRules(1, rules);
  }

  private static List<OptionSource.Candidate> options(MemoryCouncil council, String... playbooks)
      throws Exception {
    return new RuleOptions(rules(playbooks), council.playbooks())
        .options(council.state(CASE))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private static void alerts(MemoryCouncil council) {
    for (String pod : List.of("web-1", "web-2")) {
      council.decide(
          CASE,
          new CaseCommand.RecordAlert(
              CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", pod, pod), "{}"));
    }
  }

  private static Answer<witan.domain.api.Playbooks.Changed> publish(
      MemoryCouncil council, String name, JsonNode document) throws Exception {
    PlaybookDocument read = PlaybookDocument.read(Json.canonical(document), MemoryCouncil.START);
    return council
        .playbooks()
        .publish(
            new PublishPlaybook(
                name,
                read.digest(),
                PlaybookFacts.of(Objects.requireNonNull(read.playbook())),
                read.signatures(),
                read.signers(),
                new Person("ops", null),
                null),
            read.unsigned())
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private static JsonNode renamed(String title) {
    ObjectNode document = ShippedPlaybooks.isolateWorkload().document().deepCopy();
    return document.put("name", title);
  }

  @Test
  void aNameStandsForItsNewestVersionInUseWhenTheVoteIsPlanned() throws Exception {
    MemoryCouncil council = new MemoryCouncil();
    alerts(council);
    publish(council, "isolate-workload", renamed("Second"));
    publish(council, "isolate-workload", renamed("Third"));

    assertEquals("Third", options(council, "isolate-workload").get(0).option().title());

    council
        .playbooks()
        .retire(new RetirePlaybook("isolate-workload", 2, "too harsh", new Person("ops", null)))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    OptionSource.Candidate second = options(council, "isolate-workload").get(0);
    assertEquals("Second", second.option().title());
    assertEquals(
        second.option().playbookDigest(), Digest.of(MemoryCouncil.sha256(second.playbook())));
  }

  @Test
  void whatNothingInUseIsCalledOrCannotBeCarriedOutIsNoOption() throws Exception {
    MemoryCouncil council = new MemoryCouncil();
    alerts(council);

    // stop-ddos has a variable that no rule fills in
    List<OptionSource.Candidate> candidates =
        options(council, "no-such-playbook", "stop-ddos", "isolate-workload");

    assertEquals(
        List.of(ShippedPlaybooks.isolateWorkload().digest()),
        candidates.stream().map(c -> c.option().playbookDigest()).toList());
  }

  @Test
  void theShippedPlaybookIsProposedPlannedAndRehearsedFromOneEndToTheOther() throws Exception {
    MemoryCouncil council = new MemoryCouncil();
    alerts(council);

    List<OptionSource.Candidate> candidates = options(council, "isolate-workload");

    OptionSource.Candidate isolate = candidates.get(0);
    assertEquals(
        isolate.option().playbookDigest(), Digest.of(MemoryCouncil.sha256(isolate.playbook())));
    CacaoSteps steps = new CacaoSteps();
    assertEquals(isolate.option().playbookDigest(), steps.digest(isolate.playbook()));
    PlannedWorkflow plan = steps.plan(isolate.playbook(), isolate.option(), Map.of());
    assertEquals(4, plan.steps().size());
    RehearsalActions rehearsal = new RehearsalActions(KubernetesSettings.DEFAULTS);
    for (PlannedStep step : plan.steps().values()) {
      assertInstanceOf(
          ActionResult.Rehearsed.class,
          rehearsal.perform(
              new Order(
                  CASE,
                  step.id(),
                  step.command(),
                  step.target(),
                  step.parameters(),
                  "c-1/" + step.id())),
          step.toString());
    }
  }

  @Test
  void whatCannotRunIsRefusedAtOnce() {
    byte[] isolate = Json.canonical(ShippedPlaybooks.isolateWorkload().document());
    ResponseOption noTarget = new ResponseOption("x", Digest.ZERO, 0, List.of(), Map.of());
    assertThrows(
        IllegalArgumentException.class, () -> new CacaoSteps().plan(isolate, noTarget, Map.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CacaoSteps().plan(new byte[] {'{'}, noTarget, Map.of()));
  }
}
