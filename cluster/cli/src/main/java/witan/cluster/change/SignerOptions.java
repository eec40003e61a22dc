package witan.cluster.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import witan.cluster.client.ApiClient;
import witan.cluster.client.CouncilOptions;
import witan.cluster.sign.Confirmation;
import witan.cluster.sign.KeyFile;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Eip712Domain;
import witan.signing.MemberKey;

/** With which key a member signs, for which council. */
public final class SignerOptions {
  @Mixin CouncilOptions options = new CouncilOptions();

  /** Not required here: a command may have others below it that sign nothing. */
  @Option(
      names = {"--key", "--key-file"},
      defaultValue = "${env:WITAN_VOTER_KEY}",
      description = "file with your key, 64 hexadecimal digits (WITAN_VOTER_KEY)")
  @Nullable Path key;

  @Option(
      names = "--trust",
      description = "trust file: it is for the council of that charter, or not signed")
  @Nullable Path trust;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  boolean yes;

  /**
   * A member who is about to sign.
   *
   * @param council the API's answer
   * @param charter digest of the charter that is shown, reckoned here
   */
  public record Signing(
      ApiClient api,
      String token,
      MemberKey key,
      JsonNode council,
      Eip712Domain domain,
      Digest charter,
      PrintWriter out) {
    public Address address() {
      return key.address();
    }

    /** As the charter has it. */
    String councilId() {
      return council.at("/charter/councilId").asText();
    }
  }

  /**
   * Reads the key and the council, which is the trusted one where a trust file is given: its
   * charter is read once, so that what was compared is what is signed for.
   */
  public Signing begin(CommandSpec spec) throws Exception {
    if (key == null) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '--key=FILE'");
    }
    MemberKey member = KeyFile.read(key);
    ApiClient api = options.api();
    String token = options.token();
    JsonNode council = api.get("/v1/council", token);
    JsonNode charter = council.path("charter");
    Eip712Domain domain = Json.read(Eip712Domain.class, charter.path("domain"));
    if (trust != null) {
      Confirmation.requireTrusted(charter, domain, trust);
    }
    return new Signing(
        api,
        token,
        member,
        council,
        domain,
        Digest.of(Hashes.sha256(Json.canonical(charter))),
        spec.commandLine().getOut());
  }

  /** After what is signed was shown: asks, unless it was told not to. */
  public boolean confirmed(Signing signing, String question) {
    signing.out().println("It is for the council of charter");
    signing.out().println("  " + signing.charter());
    signing.out().println("signed by " + signing.address());
    signing.out().flush();
    return yes || Confirmation.confirmed(question + " [y/N] ");
  }
}
