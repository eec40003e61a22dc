package witan.cluster.council;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.cluster.sign.Confirmation;
import witan.cluster.sign.KeyFile;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.common.Digest;
import witan.domain.registry.Charter;
import witan.domain.registry.Seat;
import witan.signing.MemberKey;
import witan.signing.TypedData;

/** {@code witan council sign CHARTER}: needs no council, and no network. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a charter in words, asks, and signs it with your key: EIP-712"
          + " Founding(bytes32 charterHash,address founder). Needs no council and no network.",
      "Exit codes: 0 signed; 2 it could not be tried; 3 you did not confirm."
    })
final class SignCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "CHARTER", description = "as 'council init' wrote it")
  Path file = Path.of("");

  @Option(
      names = "--key",
      required = true,
      defaultValue = "${env:WITAN_VOTER_KEY}",
      description = "file with your key, 64 hexadecimal digits (WITAN_VOTER_KEY)")
  Path key = Path.of("");

  @Option(names = "--out", required = true, description = "file to write your signature to")
  Path signature = Path.of("");

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  boolean yes;

  @Override
  public Integer call() throws Exception {
    Charter charter = CharterFile.read(file);
    MemberKey founder = KeyFile.read(key);
    Seat seat =
        charter.seats().stream()
            .filter(one -> one.address().equals(founder.address()))
            .findFirst()
            .orElseThrow(
                () ->
                    new StartException(
                        "no seat of " + file + " has your key's address, " + founder.address()));
    Digest hash = new JcsContentHasher().charter(charter);
    PrintWriter out = spec.commandLine().getOut();
    out.print(CouncilText.of(CouncilView.of(charter)));
    out.println();
    out.println("Charter  " + hash);
    out.println("All founders have to see that same hash: compare it with them, e.g. by phone.");
    out.println("No charter is ever taken back; members and rules are changed by votes later.");
    out.println(
        CouncilText.shown("You sign as " + seat.member() + " of " + seat.organisation() + ","));
    out.println("with the key of " + founder.address() + ".");
    out.flush();
    if (!yes && !Confirmation.confirmed("Sign it? [y/N] ")) {
      return Confirmation.NOT_CONFIRMED;
    }
    byte[] digest = TypedData.foundingDigest(charter.domain(), hash, founder.address());
    CharterFile.writeNew(
        signature,
        Json.canonical(new SignedCharter(hash, founder.address(), founder.sign(digest))));
    out.println("Signed: " + signature);
    out.println("Give it to whoever founds the council; it is no secret.");
    out.flush();
    return 0;
  }
}
