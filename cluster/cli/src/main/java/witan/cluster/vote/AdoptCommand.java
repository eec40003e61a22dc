package witan.cluster.vote;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.cluster.sign.Confirmation;
import witan.cluster.sign.KeyFile;
import witan.codec.bundle.TrustFile;
import witan.codec.json.Json;
import witan.domain.adoption.AdoptionRules;
import witan.domain.adoption.SignedAdoption;
import witan.domain.registry.AdoptLog;
import witan.signing.MemberKey;
import witan.signing.TypedData;

/** {@code witan vote adopt PLAN}: needs no node, for none runs. */
@Command(
    name = "adopt",
    mixinStandardHelpOptions = true,
    description = {
      "Agrees, signed with your key, that the log goes on from what is left of it, as the PLAN says"
          + " that 'witan log adopt --plan' printed. Writes a file for 'witan log adopt --statements'.",
      "Exit codes: 0 signed; 2 it could not be tried; 3 you did not confirm."
    })
public final class AdoptCommand implements Callable<Integer> {
  private static final Duration LIFETIME = AdoptionRules.LONGEST.minusHours(1);

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "PLAN", description = "file with the plan")
  Path plan = Path.of("");

  @Option(
      names = {"--key-file", "--key"},
      required = true,
      defaultValue = "${env:WITAN_VOTER_KEY}",
      description = "file with your key, 64 hexadecimal digits (WITAN_VOTER_KEY)")
  Path key = Path.of("");

  @Option(names = "--out", required = true, description = "file to write your statement to")
  Path file = Path.of("");

  @Option(
      names = "--trust",
      description = "trust file: the plan is for the council of that charter, or not signed")
  @Nullable Path trust;

  @Option(
      names = "--nonce",
      description = "greater than that of every statement of your key before (default: the time)")
  @Nullable Long nonce;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  boolean yes;

  @Override
  public Integer call() throws Exception {
    AdoptionPlan asked = AdoptionPlan.read(plan);
    if (trust != null
        && !TrustFile.parse(Files.readAllBytes(trust)).charterHash().equals(asked.council())) {
      throw new StartException("the plan is for the council of charter " + asked.council());
    }
    MemberKey member = KeyFile.read(key);
    PrintWriter out = spec.commandLine().getOut();
    out.println("The log " + asked.oldOrigin() + " goes on as " + asked.newOrigin());
    out.println("from its first " + asked.oldSize() + " entries, root " + asked.oldRoot() + ".");
    asked
        .lost()
        .forEach(
            l ->
                out.println(
                    "LOST for good: what "
                        + l.source()
                        + " remembers beyond, up to entry "
                        + l.size()
                        + ", acknowledged votes among it."));
    out.println("Reason: \"" + asked.reason() + "\"");
    out.println("For the council of charter " + asked.council() + ", by " + member.address());
    out.flush();
    if (!yes && !Confirmation.confirmed("Sign it? [y/N] ")) {
      return Confirmation.NOT_CONFIRMED;
    }
    Instant now = Instant.now();
    AdoptLog said =
        new AdoptLog(
            asked.council(),
            asked.oldSize(),
            asked.oldRoot(),
            StatementOptions.digest(asked.newOrigin()),
            StatementOptions.digest(asked.reason()),
            member.address(),
            nonce == null ? now.getEpochSecond() : nonce,
            now.plus(LIFETIME).getEpochSecond());
    String signature = member.sign(TypedData.digest(asked.domain(), said));
    Files.write(file, Json.canonical(new SignedAdoption(said, signature)));
    out.println("Signed: " + file);
    return 0;
  }
}
