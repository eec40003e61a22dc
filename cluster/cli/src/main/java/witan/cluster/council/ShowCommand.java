package witan.cluster.council;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.client.ApiClient;
import witan.cluster.client.CouncilJson;
import witan.cluster.client.CouncilOptions;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.registry.Charter;
import witan.domain.registry.KeyRotation;
import witan.domain.registry.Seat;

/** {@code witan council show [CHARTER]}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Tells a charter in words; without one, the council as it is now: its members and rules may"
          + " have changed since the founding.",
      "Exit codes: 0 shown; 1 no council is founded yet; 2 it could not be tried."
    })
final class ShowCommand implements Callable<Integer> {
  @Mixin CouncilOptions options = new CouncilOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..1", paramLabel = "CHARTER", description = "a file; needs no council then")
  @Nullable Path file;

  @Option(
      names = "--json",
      description = "for programs: the charter as it is signed, or the council's JSON")
  boolean json;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try {
      return file == null ? founded(out) : charter(CharterFile.read(file), out);
    } finally {
      out.flush();
    }
  }

  private int charter(Charter charter, PrintWriter out) {
    if (json) {
      out.println(Json.node(charter));
      return 0;
    }
    out.print(CouncilText.of(CouncilView.of(charter)));
    out.println();
    out.println("Charter  " + new JcsContentHasher().charter(charter));
    out.println("         is what its founders sign; it is not founded by being shown here.");
    return 0;
  }

  private int founded(PrintWriter out) throws IOException, InterruptedException {
    ApiClient api = options.api();
    String token = options.token();
    Optional<JsonNode> found = api.find("/v1/council", token);
    if (found.isEmpty()) {
      out.println("No council has been founded here yet: nobody can vote, and every case waits.");
      out.println("Who is to be a member makes a key and tells its address:");
      out.println("  ./witan key new FILE");
      out.println("Then draft the charter, have every member sign it, and hand it in:");
      out.println("  ./witan council init --name NAME --member \"" + SeatLine.EXAMPLE + "\" ...");
      out.println("  ./witan council sign charter.json --key FILE --out NAME.signature.json");
      out.println("  ./witan council found charter.json --signature *.signature.json");
      return 1;
    }
    JsonNode council = found.get();
    if (json) {
      out.println(council);
      return 0;
    }
    out.print(CouncilText.of(now(api, token, council)));
    out.println();
    out.println("Charter  " + council.path("charterHash").asText());
    out.println("         founded at " + council.path("foundedAt").asText());
    return 0;
  }

  private static CouncilView now(ApiClient api, String token, JsonNode council)
      throws IOException, InterruptedException {
    Charter charter = Json.read(Charter.class, council.path("charter"));
    return new CouncilView(
        charter.councilId(),
        charter.name(),
        charter.domain(),
        seats(api, token),
        CouncilJson.policies(council),
        CouncilJson.table(council),
        CouncilJson.guardians(api.get("/v1/guardians", token)));
  }

  /** Bonded tokens vote like free ones. */
  private static List<Seat> seats(ApiClient api, String token)
      throws IOException, InterruptedException {
    List<Seat> seats = new ArrayList<>();
    for (JsonNode line : api.items("/v1/members", token)) {
      JsonNode address = line.path("address");
      seats.add(
          new Seat(
              line.path("member").asText(),
              line.path("organisation").asText(),
              line.path("role").asText(),
              address.isTextual() ? new Address(address.asText()) : KeyRotation.NOBODY,
              new BigInteger(line.path("tokens").asText())
                  .add(new BigInteger(line.path("bonded").asText()))));
    }
    return seats;
  }
}
