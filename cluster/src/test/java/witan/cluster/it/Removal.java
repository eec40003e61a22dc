package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.OptionBuilder.anOption;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.proposal.Draft;
import witan.domain.proposal.ProposalKind;

/** A response of one step, that removes a pod and pins it before. */
final class Removal {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Removal() {}

  /** Proposed about an alert of that case, and open to votes; the case of the proposal. */
  static String proposed(Stack stack, String incident, String pod) throws Exception {
    Api.Reply reply = stack.api.put("/v1/playbooks/remove-pod", JSON.writeValueAsBytes(playbook()));
    assertTrue(reply.accepted(), reply.toString());
    ResponseOption option =
        anOption()
            .titled("remove-pod")
            .playbook(new Digest(reply.json().at("/playbook/digest").asText()))
            .targets(new Target(Api.SENSOR_CLUSTER, "shop", "Pod", pod))
            .build();
    Digest alert = new Digest(stack.cases.details(incident).at("/alerts/0/rawDigest").asText());
    return stack.cases.propose(
        "ana",
        new Draft(
            Stack.COUNCIL,
            ProposalKind.INCIDENT,
            "remove-pod",
            List.of(alert),
            List.of(option),
            null));
  }

  /** The shipped isolation, its first step another one and its second none. */
  private static ObjectNode playbook() throws Exception {
    ObjectNode document;
    try (InputStream in =
        Removal.class.getResourceAsStream("/witan/playbooks/isolate-workload.json")) {
      document = (ObjectNode) JSON.readTree(in);
    }
    document.put("id", "playbook--5b2f1a3e-54b5-4d0e-9f7c-0a1b2c3d4e6f");
    document.remove("playbook_variables");
    ObjectNode workflow = (ObjectNode) document.get("workflow");
    List<String> names = new ArrayList<>();
    workflow.fieldNames().forEachRemaining(names::add);
    ObjectNode step = (ObjectNode) workflow.get(names.get(1));
    step.put("on_completion", names.get(3)).put("name", "Remove the pod");
    step.remove("step_extensions");
    document.remove("extension_definitions");
    ((ObjectNode) step.at("/commands/0")).put("command", "delete-pod").remove("parameters");
    workflow.remove(names.get(2));
    return document;
  }
}
