package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import witan.cluster.StartException;
import witan.cluster.client.ApiClient;
import witan.cluster.client.CouncilOptions;
import witan.cluster.sign.Confirmation;
import witan.cluster.sign.KeyFile;
import witan.cluster.sign.Signing;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.SignedStatement;
import witan.signing.TypedData;

/** How a member signs a statement: with which key, why, for which council. */
final class StatementOptions {
  @Mixin CouncilOptions options = new CouncilOptions();

  @Option(
      names = {"--key-file", "--key"},
      required = true,
      defaultValue = "${env:WITAN_VOTER_KEY}",
      description = "file with your key, 64 hexadecimal digits (WITAN_VOTER_KEY)")
  Path key = Path.of("");

  @Option(names = "--reason", required = true, description = "why; it is published")
  String reason = "";

  @Option(
      names = "--trust",
      description = "trust file: the statement is for the council of that charter, or not signed")
  @Nullable Path trust;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  boolean yes;

  /**
   * What every statement says.
   *
   * @param caseId digest of the id
   */
  record Said(
      Digest council,
      Digest caseId,
      Digest reasonHash,
      Address member,
      long nonce,
      long deadline) {}

  /** Makes the statement of what every one says. */
  @FunctionalInterface
  interface Making {
    MemberStatement of(Said said);
  }

  /** Tells in words what is about to be signed. */
  @FunctionalInterface
  interface Telling {
    void tell(ApiClient api, String token, PrintWriter out)
        throws IOException, InterruptedException;
  }

  static Digest digest(String text) {
    return Digest.of(Hashes.sha256(Hashes.utf8(text)));
  }

  /**
   * Shows, asks, signs and posts; the command's exit code.
   *
   * @param caseId null where it is about no case
   * @param path to post to; what to sign is offered under {@code path/typed-data}
   * @param query of the offer, beside what every one has: empty, or up to its last {@code &}
   * @param telling of what it does, in words
   * @param done first words when it is logged
   */
  int sign(
      CommandSpec spec,
      @Nullable String caseId,
      String path,
      String query,
      Telling telling,
      Making making,
      String done)
      throws Exception {
    if (reason.isBlank() || reason.length() > SignedStatement.MAX_REASON) {
      throw new StartException("--reason has 1 to " + SignedStatement.MAX_REASON + " characters");
    }
    Signing signing =
        Signing.begin(
            options.api(), options.token(), KeyFile.read(key), trust, spec.commandLine().getOut());
    PrintWriter out = signing.out();
    telling.tell(signing.api(), signing.token(), out);
    out.println("Your reason: \"" + reason + "\", signed by " + signing.address());
    out.println("It is for the council of charter " + signing.charter() + ".");
    out.flush();
    if (!yes && !Confirmation.confirmed("Sign it? [y/N] ")) {
      return Confirmation.NOT_CONFIRMED;
    }
    MemberStatement statement =
        making.of(
            new Said(
                signing.charter(),
                caseId == null ? Digest.ZERO : digest(caseId),
                digest(reason),
                signing.address(),
                nonce(signing, path + "/typed-data?" + query),
                Signing.deadline()));
    String signature = signing.key().sign(TypedData.digest(signing.domain(), statement));
    JsonNode answer =
        signing
            .api()
            .post(
                path,
                signing.token(),
                Json.canonical(new SignedStatement(statement, reason, signature)));
    out.println(done + ": " + Confirmation.receipt(answer));
    return 0;
  }

  /** Only the nonce is taken from the council: a wrong one is refused and harms nobody. */
  private long nonce(Signing signing, String offer) throws IOException, InterruptedException {
    return signing
        .api()
        .get(
            offer + "member=" + signing.address() + "&reasonHash=" + digest(reason).hex(),
            signing.token())
        .at("/statement/nonce")
        .asLong();
  }
}
