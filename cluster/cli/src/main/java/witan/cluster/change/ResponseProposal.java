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
import witan.cluster.playbook.PlaybookCommand;
import witan.cluster.sign.Signing;
import witan.codec.playbook.PlaybookDigest;
import witan.codec.playbook.PlaybookImpact;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.planning.ResponsePlanner;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.ProposalKind;

/** {@code witan propose response}. */
@Command(
    name = "response",
    mixinStandardHelpOptions = true,
    description = {
      "That a playbook is run for an incident for which no rule proposes anything, or not this. It"
          + " is voted on in a case of its own, about alerts that are in the log; a case of theirs"
          + " that waits for a proposal is closed when that vote is open.",
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
      paramLabel = "TARGET",
      description =
          "KIND/NAMESPACE/NAME@CLUSTER, or KIND/NAME@CLUSTER; several times for several (default:"
              + " the pods of the case's alerts)")
  List<String> targets = List.of();

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "of the playbook's external variables")
  Map<String, String> parameters = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    List<Target> on = new ArrayList<>(targets.stream().map(ResponseProposal::target).toList());
    Set<Digest> about = new LinkedHashSet<>();
    alerts.forEach(alert -> about.add(PlaybookProposal.digest(alert)));
    Signing signing = proposing.signer.begin(spec);
    String what = caseId == null ? playbook + " on " + String.join(", ", targets) : "";
    if (caseId != null) {
      JsonNode known = signing.api().get("/v1/cases/" + caseId, signing.token());
      what = known.path("title").asText();
      // A proposal names so many at most, and one is enough to be about the case.
      for (JsonNode alert : known.path("alerts")) {
        if (about.size() < DraftRules.MAX_ALERTS) {
          about.add(new Digest(alert.path("rawDigest").asText()));
        }
      }
      if (on.isEmpty()) {
        on.addAll(pods(known.path("alerts")));
      }
    }
    if (about.isEmpty()) {
      throw new StartException("about which alerts? give --case CASE or --alert DIGEST");
    }
    if (on.isEmpty()) {
      throw new StartException("no alert names a pod: say what it acts on with --target");
    }
    ResponseOption option = option(document(signing), on);
    Draft draft =
        new Draft(
            signing.councilId(),
            ProposalKind.INCIDENT,
            proposing.titled(what),
            List.copyOf(about),
            List.of(option),
            null);
    return proposing.propose(signing, draft, lines(option, about.size()));
  }

  private JsonNode document(Signing signing) throws Exception {
    return signing
        .api()
        .find(PlaybookCommand.path(playbook), signing.token())
        .orElseThrow(
            () ->
                new StartException(
                    "there is no playbook '"
                        + playbook
                        + "' in use; './witan playbook list' names all"));
  }

  /** By the document: nothing that is signed is taken from what the council says of it. */
  private ResponseOption option(JsonNode document, List<Target> on) {
    Map<String, String> with = new LinkedHashMap<>(parameters);
    String known = caseId;
    if (known != null
        && document
            .path("playbook_variables")
            .path(ResponsePlanner.CASE_ID)
            .path("external")
            .asBoolean()) {
      with.putIfAbsent(ResponsePlanner.CASE_ID, known);
    }
    return new ResponseOption(
        document.path("name").asText(playbook),
        PlaybookDigest.of(document),
        PlaybookImpact.of(document),
        on,
        with);
  }

  private static List<Target> pods(JsonNode alerts) {
    List<Target> pods = new ArrayList<>();
    for (JsonNode alert : alerts) {
      JsonNode on = alert.path("resource");
      if (on.path("kind").asText().equals("POD") && on.path("namespace").isTextual()) {
        pods.add(
            new Target(
                on.path("cluster").asText(),
                on.path("namespace").asText(),
                "Pod",
                on.path("name").asText()));
      }
    }
    return pods.stream().distinct().toList();
  }

  private List<String> lines(ResponseOption option, int count) {
    List<String> lines = new ArrayList<>();
    lines.add("playbook %s, impact %d of 100".formatted(playbook, option.impact()));
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
