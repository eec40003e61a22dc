package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
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
import witan.cluster.sign.Signing;
import witan.cluster.text.Lines;
import witan.codec.json.Json;
import witan.domain.common.Digest;
import witan.domain.registry.SignedVeto;
import witan.domain.registry.Veto;
import witan.signing.TypedData;

/** {@code witan vote veto CASE}. */
@Command(
    name = "veto",
    mixinStandardHelpOptions = true,
    description = {
      "Stops a response to an incident: for guardians, with a reason that is published.",
      "Vetoes are few ('witan vote veto' says when there is none left), and none can be taken"
          + " back.",
      "Exit codes: 0 stopped; 1 the council refused; 2 it could not be tried; 3 you did not"
          + " confirm."
    })
final class VetoCommand implements Callable<Integer> {
  @Mixin CouncilOptions options = new CouncilOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "CASE", description = "as 'witan vote' lists it")
  String caseId = "";

  @Option(
      names = "--key",
      required = true,
      defaultValue = "${env:WITAN_VOTER_KEY}",
      description = "file with your key, 64 hexadecimal digits (WITAN_VOTER_KEY)")
  Path key = Path.of("");

  @Option(names = "--reason", required = true, description = "why; it is published")
  String reason = "";

  @Option(
      names = "--trust",
      description = "trust file: the veto is for the council of that charter, or not signed")
  @Nullable Path trust;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  boolean yes;

  @Override
  public Integer call() throws Exception {
    if (reason.isBlank() || reason.length() > SignedVeto.MAX_REASON) {
      throw new StartException("--reason has 1 to " + SignedVeto.MAX_REASON + " characters");
    }
    Signing signing =
        Signing.begin(
            options.api(), options.token(), KeyFile.read(key), null, spec.commandLine().getOut());
    ApiClient api = signing.api();
    String token = signing.token();
    PrintWriter out = signing.out();
    Proposal proposal = Proposal.read(api, token, caseId);
    if (trust != null) {
      // The veto is signed for the domain that the proposal names.
      Confirmation.requireTrusted(signing.council().path("charter"), proposal.domain(), trust);
    }
    Dossier dossier = Dossier.read(api, token, proposal);
    String you = signing.address().hex();
    out.print(
        ProposalText.of(proposal, dossier, Optional.of(you), Instant.now(), Lines.ofTerminal()));
    out.print(Lines.ofTerminal().line("Your veto: \"" + reason + "\", signed by " + you));
    out.println("It is for the council of charter " + signing.charter() + ".");
    out.flush();
    if (!yes && !Confirmation.confirmed("Sign and stop it? [y/N] ")) {
      return Confirmation.NOT_CONFIRMED;
    }
    JsonNode answer =
        api.post(
            "/v1/proposals/" + caseId + "/veto", token, Json.canonical(signed(signing, proposal)));
    out.println("Stopped: " + Confirmation.receipt(answer));
    return 0;
  }

  /** Only the nonce is taken from the council: a wrong one is refused and harms nobody. */
  private SignedVeto signed(Signing signing, Proposal proposal) throws Exception {
    Digest reasonHash = StatementOptions.digest(reason);
    JsonNode shown =
        signing
            .api()
            .get(
                "/v1/proposals/"
                    + caseId
                    + "/veto/typed-data?guardian="
                    + signing.address()
                    + "&reasonHash="
                    + reasonHash.hex(),
                signing.token());
    Veto veto =
        new Veto(
            signing.charter(),
            StatementOptions.digest(caseId),
            proposal.answer().proposalHash(),
            signing.address(),
            reasonHash,
            shown.at("/veto/nonce").asLong(),
            Signing.deadline());
    return new SignedVeto(
        veto, reason, signing.key().sign(TypedData.digest(proposal.domain(), veto)));
  }
}
