package witan.cluster.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.cluster.change.SignerOptions.Signing;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.proposal.Draft;
import witan.domain.proposal.ProposalKind;

/** {@code witan propose response}. */
@Command(
    name = "response",
    mixinStandardHelpOptions = true,
    description = {
      "That a playbook is run for an incident for which no rule proposes anything, or not this. It"
          + " opens a case of its own, about alerts that are in the log.",
      "Example: witan propose response isolate-workload --case c-17 --target"
          + " Pod/shop/cart-1@aws-eu --key ana.key"
    })
final class ResponseProposal implements Callable<Integer> {
  private static final Pattern TARGET = Pattern.compile("([^/@]+)/(?:([^/@]+)/)?([^/@]+)@([^@]+)");

  @Mixin Proposing proposing = new Proposing();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PLAYBOOK", description = "as 'witan playbook list' names it")
  String playbook = "";

  @Option(names = "--case", description = "about the alerts of this case")
  @Nullable String caseId;

  @Option(
      names = "--alert",
      split = ",",
      paramLabel = "DIGEST",
      description = "about this alert: SHA-256 of its bytes as they were received")
  List<String> alerts = List.of();

  @Option(
      names = "--target",
      required = true,
      paramLabel = "TARGET",
      description = "KIND/NAMESPACE/NAME@CLUSTER, or KIND/NAME@CLUSTER; several times for several")
  List<String> targets = List.of();

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "of the playbook's external variables")
  Map<String, String> parameters = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    List<Target> on = targets.stream().map(ResponseProposal::target).toList();
    Set<Digest> about = new LinkedHashSet<>();
    alerts.forEach(alert -> about.add(PlaybookProposal.digest(alert)));
    Signing signing = proposing.signer.begin(spec);
    String what = title(signing, about);
    if (about.isEmpty()) {
      throw new StartException("about which alerts? give --case CASE or --alert DIGEST");
    }
    JsonNode known = catalogued(signing);
    ResponseOption option =
        new ResponseOption(
            known.path("title").asText(playbook),
            new Digest(known.path("digest").asText()),
            known.path("impact").asInt(),
            on,
            parameters);
    Draft draft =
        new Draft(
            signing.councilId(),
            ProposalKind.INCIDENT,
            proposing.titled(what),
            List.copyOf(about),
            List.of(option),
            null);
    return proposing.propose(signing, draft, lines(known, option, about.size()));
  }

  /** Adds the case's alerts; what they were called. */
  private String title(Signing signing, Set<Digest> about) throws Exception {
    if (caseId == null) {
      return playbook + " on " + String.join(", ", targets);
    }
    JsonNode known = signing.api().get("/v1/cases/" + caseId, signing.token());
    for (JsonNode alert : known.path("alerts")) {
      about.add(new Digest(alert.path("rawDigest").asText()));
    }
    return known.path("title").asText();
  }

  private JsonNode catalogued(Signing signing) throws Exception {
    for (JsonNode item : CouncilNow.pages(signing.api(), signing.token(), "/v1/playbooks")) {
      if (item.path("name").asText().equals(playbook)) {
        return item;
      }
    }
    throw new StartException(
        "there is no playbook '" + playbook + "' in use; './witan playbook list' names all");
  }

  private List<String> lines(JsonNode known, ResponseOption option, int count) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "playbook %s, version %s, impact %s of 100"
            .formatted(playbook, known.path("version").asText(), option.impact()));
    lines.add("  " + option.playbookDigest());
    option.targets().forEach(t -> lines.add("acts on " + words(t)));
    option.parameters().forEach((name, value) -> lines.add("with " + name + " = " + value));
    lines.add("because of " + count + (count == 1 ? " alert" : " alerts"));
    return lines;
  }

  private static String words(Target t) {
    return t.kind()
        + " "
        + (t.namespace() == null ? "" : t.namespace() + "/")
        + t.name()
        + " in "
        + t.cluster();
  }

  private static Target target(String text) {
    Matcher parts = TARGET.matcher(text);
    if (!parts.matches()) {
      throw new StartException(
          "'" + text + "' is no target: KIND/NAMESPACE/NAME@CLUSTER, e.g. Pod/shop/cart-1@aws-eu");
    }
    return new Target(parts.group(4), parts.group(2), parts.group(1), parts.group(3));
  }
}
