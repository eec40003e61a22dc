package witan.cluster.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import witan.cluster.StartException;
import witan.cluster.sign.Confirmation;
import witan.cluster.sign.Signing;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.common.CaseId;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.RegistryChange;
import witan.signing.TypedData;

/** How a member proposes: shown in words, asked, signed, posted. */
final class Proposing {
  private static final int MAX_TITLE = 200;
  private static final JcsContentHasher HASHER = new JcsContentHasher();

  @Mixin SignerOptions signer = new SignerOptions();

  @Option(names = "--title", description = "for voters; default: what changes, in words")
  @Nullable String title;

  /** Works the change out of the council as it is. */
  @FunctionalInterface
  interface Making {
    RegistryChange of(CouncilNow council) throws Exception;
  }

  /** Proposes a change of the council; the command's exit code. */
  int change(CommandSpec spec, Making making) throws Exception {
    Signing signing = signer.begin(spec);
    CouncilNow council = CouncilNow.read(signing.api(), signing.token());
    RegistryChange change = making.of(council);
    List<String> lines = ChangeText.of(change, council);
    Draft draft =
        new Draft(
            signing.councilId(),
            DraftRules.kindOf(change),
            titled(summary(lines)),
            List.of(),
            List.of(),
            change);
    return propose(signing, draft, lines);
  }

  /** Not the lines that belong to others, nor versions, which follow from the rest. */
  private static String summary(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.startsWith(" ") && !line.matches("policy .*: version .*"))
        .collect(Collectors.joining("; "));
  }

  String titled(String usual) {
    String text = title == null ? usual : title;
    return text.length() <= MAX_TITLE ? text : text.substring(0, MAX_TITLE - 3) + "...";
  }

  /**
   * Shows, asks, signs and posts; the command's exit code.
   *
   * @param lines what it does, in words
   */
  int propose(Signing signing, Draft draft, List<String> lines) throws Exception {
    signing.out().println(title == null ? "You propose" : "You propose: " + draft.title());
    lines.forEach(line -> signing.out().println("  " + line));
    tellPolicy(signing, draft);
    if (!signer.confirmed(signing, "Sign and propose?")) {
      return Confirmation.NOT_CONFIRMED;
    }
    SignedDraft unsigned =
        new SignedDraft(
            draft, signing.address(), Instant.now().getEpochSecond(), Signing.deadline(), "");
    SignedDraft signed =
        new SignedDraft(
            draft,
            unsigned.proposer(),
            unsigned.nonce(),
            unsigned.deadline(),
            signing.key().sign(TypedData.digest(signing.domain(), unsigned, HASHER.draft(draft))));
    JsonNode receipt = signing.api().post("/v1/proposals", signing.token(), Json.canonical(signed));
    CaseId caseId = DraftRules.caseId(signed, HASHER);
    signing.out().println("Proposed as case " + caseId);
    signing.out().println("  ./witan vote show " + caseId);
    signing.out().println("  ./witan vote cast " + caseId + " for --key FILE");
    signing.out().println("  ./witan watch " + caseId);
    signing.out().println(Confirmation.receipt(receipt));
    return 0;
  }

  /** A draft's policy is chosen by the same rules, where nobody changes them meanwhile. */
  private static void tellPolicy(Signing signing, Draft draft) throws Exception {
    JsonNode choice =
        signing
            .api()
            .get("/v1/policies/choice?impact=" + draft.gravity().impact(), signing.token());
    JsonNode policy = choice.path("policy");
    signing
        .out()
        .printf(
            "Decided by policy %s: quorum %s, support %s, within %s%n",
            policy.path("name").asText(),
            Words.percent(policy.path("quorumBps").asInt()),
            Words.percent(policy.path("supportBps").asInt()),
            Words.duration(Duration.parse(policy.path("window").asText())));
    BigInteger bond = new BigInteger(policy.path("bond").asText());
    if (bond.signum() > 0) {
      signing.out().println("You post a bond of " + bond + " of your tokens until then.");
    }
  }

  /** The name of a member that was named, or whose address was. */
  static String name(CouncilNow council, String nameOrAddress) {
    return council
        .member(nameOrAddress)
        .map(CouncilNow.Seated::name)
        .orElseThrow(
            () ->
                new StartException(
                    "there is no member '" + nameOrAddress + "'; './witan member list' names all"));
  }
}
