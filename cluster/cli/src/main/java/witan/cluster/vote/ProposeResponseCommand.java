package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.cluster.client.ApiClient;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.codec.playbook.PlaybookDigest;
import witan.codec.playbook.PlaybookImpact;
import witan.domain.common.Digest;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.planning.ResponsePlanner;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignedDraft;
import witan.signing.MemberKey;
import witan.signing.TypedData;

/** {@code witan case propose CASE PLAYBOOK}. */
@Command(
    name = "propose",
    mixinStandardHelpOptions = true,
    description = {
      "Proposes a response to a case, signed with your key: for what no rule proposes anything for."
          + " It is voted on in a case of its own; the one that waits is closed when that vote is"
          + " open.",
      "Exit codes: 0 proposed; 1 the council refused; 2 it could not be tried; 3 you did not"
          + " confirm."
    })
public final class ProposeResponseCommand implements Callable<Integer> {
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  @Mixin VoteOptions options = new VoteOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "CASE", description = "as 'witan case list' lists it")
  String caseId = "";

  @Parameters(index = "1", paramLabel = "PLAYBOOK", description = "as 'witan playbook list' has it")
  String playbook = "";

  @Option(
      names = "--target",
      paramLabel = "CLUSTER/NAMESPACE/KIND/NAME",
      description =
          "what it acts on, several times for several; no NAMESPACE for what has none (default: the"
              + " pods of the case's alerts)")
  List<String> targets = List.of();

  @Option(names = "--title", description = "for voters (default: the playbook's name)")
  @Nullable String title;

  @Option(
      names = "--key",
      required = true,
      defaultValue = "${env:WITAN_VOTER_KEY}",
      description = "file with your key, 64 hexadecimal digits (WITAN_VOTER_KEY)")
  Path key = Path.of("");

  @Option(
      names = "--trust",
      description = "trust file: the proposal is for the council of that charter, or not signed")
  @Nullable Path trust;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  boolean yes;

  @Override
  public Integer call() throws Exception {
    MemberKey member = KeyFile.read(key);
    ApiClient api = options.api();
    String token = options.token();
    JsonNode charter = api.get("/v1/council", token).path("charter");
    Eip712Domain domain = Json.read(Eip712Domain.class, charter.path("domain"));
    Confirmation.requireTrusted(api, token, domain, trust);
    JsonNode alerts = api.get("/v1/cases/" + caseId, token).path("alerts");
    ResponseOption option = option(api.get("/v1/playbooks/" + playbook, token), alerts);
    Draft draft =
        new Draft(
            charter.path("councilId").asText(),
            ProposalKind.INCIDENT,
            title == null ? option.title() : title,
            digests(alerts),
            List.of(option),
            null);
    PrintWriter out = spec.commandLine().getOut();
    show(draft, option, member, out);
    if (!yes && !Confirmation.confirmed("Sign and propose it? [y/N] ")) {
      return Confirmation.NOT_CONFIRMED;
    }
    Instant now = Instant.now();
    SignedDraft unsigned =
        new SignedDraft(
            draft, member.address(), now.toEpochMilli(), now.plus(LIFETIME).getEpochSecond(), "");
    String signature =
        member.sign(TypedData.digest(domain, unsigned, new JcsContentHasher().draft(draft)));
    SignedDraft signed =
        new SignedDraft(
            draft, unsigned.proposer(), unsigned.nonce(), unsigned.deadline(), signature);
    JsonNode receipt = api.post("/v1/proposals", token, Json.canonical(Json.node(signed)));
    out.println(
        "Proposed in case "
            + DraftRules.caseId(signed, new JcsContentHasher())
            + ", log entry "
            + receipt.path("index").asText()
            + ".");
    out.flush();
    return 0;
  }

  /**
   * By the playbook's content: nothing that is signed is taken from what the council says of it.
   */
  private ResponseOption option(JsonNode document, JsonNode alerts) {
    List<Target> on =
        targets.isEmpty()
            ? pods(alerts)
            : targets.stream().map(ProposeResponseCommand::target).toList();
    if (on.isEmpty()) {
      throw new StartException(
          "no alert of the case names a pod: say what it acts on, --target CLUSTER/NAMESPACE/KIND/NAME");
    }
    boolean wantsCase =
        document
            .path("playbook_variables")
            .path(ResponsePlanner.CASE_ID)
            .path("external")
            .asBoolean();
    return new ResponseOption(
        document.path("name").asText(playbook),
        PlaybookDigest.of(document),
        PlaybookImpact.of(document),
        on,
        wantsCase ? Map.of(ResponsePlanner.CASE_ID, caseId) : Map.of());
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

  private static Target target(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 4 || parts[0].isEmpty() || parts[2].isEmpty() || parts[3].isEmpty()) {
      throw new StartException("--target is CLUSTER/NAMESPACE/KIND/NAME, not '" + text + "'");
    }
    return new Target(parts[0], parts[1].isEmpty() ? null : parts[1], parts[2], parts[3]);
  }

  /**
   * Of the first ones: a proposal names so many at most, and one is enough to be about the case.
   */
  private static List<Digest> digests(JsonNode alerts) {
    List<Digest> digests = new ArrayList<>();
    for (JsonNode alert : alerts) {
      Digest digest = new Digest(alert.path("rawDigest").asText());
      if (digests.size() < DraftRules.MAX_ALERTS && !digests.contains(digest)) {
        digests.add(digest);
      }
    }
    return digests;
  }

  private void show(Draft draft, ResponseOption option, MemberKey member, PrintWriter out) {
    out.println("Proposal: " + draft.title());
    out.printf(
        "  playbook %s, impact %d of 100, digest %s%n",
        playbook, option.impact(), option.playbookDigest());
    for (Target target : option.targets()) {
      out.printf(
          "  on %s %s%s of %s%n",
          target.kind(),
          target.namespace() == null ? "" : target.namespace() + "/",
          target.name(),
          target.cluster());
    }
    out.printf(
        "  about %d alerts of case %s; decided by the policy for what is routine%n",
        draft.alertDigests().size(), caseId);
    out.println("Signed by " + member.address() + ", for council " + draft.councilId() + ".");
    out.flush();
  }
}
