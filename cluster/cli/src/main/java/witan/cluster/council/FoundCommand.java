package witan.cluster.council;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.cluster.client.CouncilOptions;
import witan.cluster.sign.Confirmation;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.SignatureRefused;
import witan.domain.registry.Charter;
import witan.domain.registry.FounderSignature;
import witan.domain.registry.Seat;
import witan.http.auth.Role;
import witan.signing.StatementSignatures;

/** {@code witan council found CHARTER}. */
@Command(
    name = "found",
    mixinStandardHelpOptions = true,
    description = {
      "Founds the council: hands in the charter with the signature of every member that it names."
          + " Needs an operator's token. Once and for ever; the same again is answered with the"
          + " same entry of the log.",
      "Exit codes: 0 founded (the receipt is printed); 1 the council refused; 2 it could not be"
          + " tried."
    })
final class FoundCommand implements Callable<Integer> {
  @Mixin CouncilOptions options = new CouncilOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "CHARTER", description = "as it was signed")
  Path file = Path.of("");

  @Option(
      names = "--signature",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "what 'council sign' wrote, of every member")
  List<Path> signatures = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Charter charter = CharterFile.read(file);
    byte[] body = body(charter, signed(charter));
    JsonNode receipt = options.api().post("/v1/council", options.token(Role.OPERATOR), body);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        (receipt.path("repeated").asBoolean() ? "Founded before: " : "Founded: ")
            + Confirmation.receipt(receipt));
    out.println("Charter  " + new JcsContentHasher().charter(charter));
    out.println("Keep the charter and this receipt: who checks a decision begins with that hash.");
    out.println("The council in words: ./witan council show");
    out.flush();
    return 0;
  }

  /** One of each seat, in their order; what is missing is named all at once. */
  private List<FounderSignature> signed(Charter charter) throws IOException {
    Digest hash = new JcsContentHasher().charter(charter);
    Map<Address, FounderSignature> byFounder = new HashMap<>();
    for (Path one : signatures) {
      SignedCharter signed = SignedCharter.read(one);
      FounderSignature signature = new FounderSignature(signed.founder(), signed.signature());
      String who = who(charter, signed.founder());
      if (!signed.charterHash().equals(hash)) {
        throw new StartException(
            one
                + ": "
                + who
                + " signed another charter, "
                + signed.charterHash()
                + "; this is "
                + hash);
      }
      if (!recovers(charter, hash, signature)) {
        throw new StartException(one + " is no signature of " + who + " under this charter");
      }
      byFounder.put(signed.founder(), signature);
    }
    List<String> missing =
        charter.seats().stream()
            .filter(seat -> !byFounder.containsKey(seat.address()))
            .map(Seat::member)
            .toList();
    if (!missing.isEmpty()) {
      throw new StartException(
          "every member signs the charter, automation too; missing: " + String.join(", ", missing));
    }
    return charter.seats().stream().map(seat -> byFounder.get(seat.address())).toList();
  }

  private static String who(Charter charter, Address founder) {
    return charter.seats().stream()
        .filter(seat -> seat.address().equals(founder))
        .map(Seat::member)
        .findFirst()
        .orElse(founder.toString());
  }

  private static boolean recovers(Charter charter, Digest hash, FounderSignature signature) {
    try {
      return new StatementSignatures()
          .recover(charter.domain(), hash, signature)
          .equals(signature.founder());
    } catch (SignatureRefused e) {
      return false;
    }
  }

  private static byte[] body(Charter charter, List<FounderSignature> signatures) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("charter", Json.node(charter));
    ArrayNode all = body.putArray("signatures");
    signatures.forEach(signature -> all.add(Json.node(signature)));
    return Json.canonical(body);
  }
}
