package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
import witan.cluster.client.CouncilOptions;
import witan.cluster.sign.Confirmation;
import witan.cluster.sign.KeyFile;
import witan.cluster.text.Lines;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.domain.common.Digest;
import witan.domain.governance.Ballot;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.signing.MemberKey;
import witan.signing.TypedData;

/** {@code witan vote cast CASE for|against|abstain}. */
@Command(
    name = "cast",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the proposal, signs a ballot with your key, and casts it.",
      "Exit codes: 0 cast (the receipt is printed); 1 the council refused; 2 it could not be tried;"
          + " 3 you did not confirm."
    })
final class CastCommand implements Callable<Integer> {
  @Mixin CouncilOptions options = new CouncilOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "CASE", description = "as 'witan vote' lists it")
  String caseId = "";

  @Parameters(index = "1", paramLabel = "SUPPORT", description = "for, against or abstain")
  String support = "";

  @Option(
      names = "--key",
      required = true,
      defaultValue = "${env:WITAN_VOTER_KEY}",
      description = "file with your key, 64 hexadecimal digits (WITAN_VOTER_KEY)")
  Path key = Path.of("");

  @Option(
      names = "--options",
      split = ",",
      description =
          "with 'for': the options you approve, no action among them as the last; needed when there"
              + " are several")
  Set<Integer> approved = Set.of();

  @Option(
      names = "--reason",
      description = "its SHA-256 is signed into the ballot; publish the text where you like")
  @Nullable String reason;

  @Option(
      names = "--trust",
      description = "trust file: the ballot is for the council of that charter, or not signed")
  @Nullable Path trust;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  boolean yes;

  @Override
  public Integer call() throws Exception {
    MemberKey voter = KeyFile.read(key);
    Support side = side();
    ApiClient api = options.api();
    String token = options.token();
    PrintWriter out = spec.commandLine().getOut();
    Proposal proposal = Proposal.read(api, token, caseId);
    Confirmation.requireTrusted(api, token, proposal.domain(), trust);
    Ballot ballot =
        proposal.ballot(voter.address(), side, mask(side, proposal.choices()), reasonHash());
    Dossier dossier = Dossier.read(api, token, proposal);
    String you = voter.address().hex();
    out.print(
        ProposalText.of(proposal, dossier, Optional.of(you), Instant.now(), Lines.ofTerminal()));
    proposal
        .ballotOf(voter.address())
        .ifPresent(
            last -> out.println("You voted " + last.signed().ballot().support() + " before."));
    out.print(Lines.ofTerminal().line("Your ballot: " + words(ballot) + ", signed by " + you));
    out.flush();
    if (!yes && !Confirmation.confirmed("Sign and cast? [y/N] ")) {
      return Confirmation.NOT_CONFIRMED;
    }
    String signature = voter.sign(TypedData.digest(proposal.domain(), ballot));
    JsonNode receipt = cast(api, token, new SignedBallot(ballot, signature));
    out.println("Cast: " + Confirmation.receipt(receipt));
    return 0;
  }

  private Support side() {
    for (Support one : Support.values()) {
      if (one.name().equals(support.toUpperCase(Locale.ROOT))) {
        return one;
      }
    }
    throw new StartException("SUPPORT is for, against or abstain, not '" + support + "'");
  }

  private BigInteger mask(Support side, int choices) {
    if (side != Support.FOR) {
      if (!approved.isEmpty()) {
        throw new StartException("--options goes with 'for' alone");
      }
      return BigInteger.ZERO;
    }
    // With one option, or one change, it is plain what FOR approves; no action is approved by name.
    Set<Integer> chosen = approved.isEmpty() && choices <= 2 ? Set.of(0) : approved;
    if (chosen.isEmpty() || chosen.stream().anyMatch(i -> i < 0 || i >= choices)) {
      throw new StartException(
          "--options names what you approve, of 0 to " + (choices - 1) + ", e.g. --options 0");
    }
    return chosen.stream().reduce(BigInteger.ZERO, BigInteger::setBit, BigInteger::or);
  }

  private Digest reasonHash() {
    return reason == null ? Digest.ZERO : Digest.of(Hashes.sha256(Hashes.utf8(reason)));
  }

  private static String words(Ballot ballot) {
    if (ballot.support() != Support.FOR) {
      return ballot.support().name();
    }
    return "FOR, approving " + options(ballot);
  }

  /** Which it approves, by number. */
  static String options(Ballot ballot) {
    List<String> approved = new ArrayList<>();
    for (int i = 0; i < ballot.optionMask().bitLength(); i++) {
      if (ballot.optionMask().testBit(i)) {
        approved.add(String.valueOf(i));
      }
    }
    return (approved.size() == 1 ? "option " : "options ") + String.join(" and ", approved);
  }

  private JsonNode cast(ApiClient api, String token, SignedBallot signed)
      throws IOException, InterruptedException {
    return api.post("/v1/proposals/" + caseId + "/votes", token, Json.canonical(signed));
  }
}
