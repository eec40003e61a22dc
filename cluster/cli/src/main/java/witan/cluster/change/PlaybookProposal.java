package witan.cluster.change;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.codec.json.Json;
import witan.domain.common.Digest;
import witan.domain.governance.Policy;
import witan.domain.registry.RegistryChange;

/** {@code witan propose playbook}. */
@Command(
    name = "playbook",
    mixinStandardHelpOptions = true,
    description = {
      "Whose signature a playbook must have to be an option: the signers of policies. A playbook"
          + " itself is published by an operator ('witan playbook put'); that one is run for an"
          + " incident is 'witan propose response'."
    })
final class PlaybookProposal implements Callable<Integer> {
  @Mixin Proposing proposing = new Proposing();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--add-signer",
      split = ",",
      paramLabel = "DIGEST",
      description = "SHA-256 of its public key (DER), 64 hexadecimal digits")
  List<String> added = List.of();

  @Option(
      names = "--remove-signer",
      split = ",",
      paramLabel = "DIGEST",
      description = "without signers playbooks need no signature")
  List<String> removed = List.of();

  @Option(names = "--policy", split = ",", description = "in these; default: in all policies")
  List<String> names = List.of();

  @Override
  public Integer call() throws Exception {
    return proposing.change(spec, council -> new RegistryChange.AdoptPolicies(changed(council)));
  }

  private List<Policy> changed(CouncilNow council) {
    if (added.isEmpty() && removed.isEmpty()) {
      throw new StartException("nothing would change: give --add-signer or --remove-signer");
    }
    for (String name : names) {
      if (council.policy(name).isEmpty()) {
        throw new StartException("there is no policy '" + name + "'");
      }
    }
    List<Policy> all = new ArrayList<>();
    for (Policy policy : council.policies()) {
      all.add(
          names.isEmpty() || names.contains(policy.name())
              ? PolicyProposal.later(policy, signed(policy))
              : policy);
    }
    return all;
  }

  private Policy signed(Policy policy) {
    Set<Digest> signers = new LinkedHashSet<>(policy.playbookSigners());
    added.forEach(digest -> signers.add(digest(digest)));
    removed.forEach(digest -> signers.remove(digest(digest)));
    ObjectNode changed = (ObjectNode) Json.node(policy);
    ArrayNode list = changed.putArray("playbookSigners");
    signers.forEach(signer -> list.add(signer.hex()));
    return PolicyFields.read(changed);
  }

  static Digest digest(String text) {
    try {
      return new Digest(text.startsWith("0x") ? text.substring(2) : text);
    } catch (IllegalArgumentException e) {
      throw new StartException("'" + text + "' is no digest: 64 hexadecimal digits");
    }
  }
}
