package witan.cluster.council;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.cluster.client.CouncilOptions;
import witan.codec.json.Json;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.SignatureRefused;
import witan.domain.registry.Charter;
import witan.domain.registry.FoundingPlace;
import witan.domain.registry.Seat;
import witan.signing.Addresses;

/** {@code witan council init}. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a charter to begin with, and tells it in words: id, chain and contract as the node says,"
          + " the members that you name, and rules for every urgency. Change the file as you like"
          + " before it is signed: docs/founding.md explains every field.",
      "Exit codes: 0 written; 2 it could not be."
    })
final class InitCommand implements Callable<Integer> {
  @Mixin CouncilOptions options = new CouncilOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "is made; one that is there is never replaced (default: ${DEFAULT-VALUE})")
  Path file = Path.of("charter.json");

  @Option(names = "--name", required = true, description = "of the council, for people")
  String name = "";

  @Option(
      names = "--member",
      paramLabel = "MEMBER",
      description =
          "\""
              + SeatLine.SPELLING
              + "\"; roles: operator, analyst, legal, and automation, which does"
              + " not vote; repeat it for each")
  List<String> members = new ArrayList<>();

  @Option(
      names = "--members",
      paramLabel = "FILE",
      description = "members in a file, spelled the same, one a line")
  @Nullable Path memberFile;

  @Option(
      names = "--guardian",
      split = ",",
      paramLabel = "NAME",
      description = "members that may veto a response; several with commas")
  List<String> guardians = new ArrayList<>();

  @Option(names = "--chain-id", description = "where the node has no chain, or is not to be asked")
  @Nullable Long chainId;

  @Option(names = "--contract", paramLabel = "ADDRESS", description = "goes with --chain-id")
  @Nullable String contract;

  @Option(names = "--id", description = "goes with --chain-id (default: as the node says)")
  @Nullable String id;

  @Override
  public Integer call() throws Exception {
    List<Seat> seats = new ArrayList<>(members.stream().map(SeatLine::read).toList());
    if (memberFile != null) {
      seats.addAll(SeatLine.read(memberFile));
    }
    if (seats.isEmpty()) {
      throw new StartException(
          "a council has members: give --member \"" + SeatLine.SPELLING + "\" for each");
    }
    FoundingPlace place = place();
    Eip712Domain domain = place.domain();
    if (domain == null) {
      throw new StartException(
          place.anchored()
              ? "the node does not know yet which contract its log is anchored to: try again soon"
              : "the node anchors to no chain: give --chain-id and --contract of the one that the"
                  + " council is to be bound to");
    }
    Charter charter =
        CharterDraft.of(place.councilId(), name, domain, seats, guardians, place.anchored());
    CharterFile.require(file, charter);
    CharterFile.write(file, charter);
    PrintWriter out = spec.commandLine().getOut();
    out.print(CouncilText.of(CouncilView.of(charter)));
    out.println();
    out.println("Written: " + file);
    out.println("Change what you like: docs/founding.md explains every field. Look at it again:");
    out.println("  ./witan council show " + file);
    out.println("Then every member signs that file, each with a key of their own:");
    out.println("  ./witan council sign " + file + " --key FILE --out NAME.signature.json");
    out.println("and an operator hands all of it in, once and for ever:");
    out.println("  ./witan council found " + file + " --signature *.signature.json");
    out.flush();
    return 0;
  }

  /** Of the node, but for what was said. */
  private FoundingPlace place() throws IOException, InterruptedException {
    if ((chainId == null) != (contract == null)) {
      throw new StartException("--chain-id and --contract go together");
    }
    if (chainId == null || contract == null) {
      JsonNode told = options.api().get("/v1/council/place", options.token());
      String said = told.path("councilId").asText();
      if (id != null && !id.equals(said)) {
        throw new StartException(
            "the node keeps the registry of council " + said + ", and founds no other");
      }
      JsonNode domain = told.path("domain");
      return new FoundingPlace(
          said,
          told.path("anchored").asBoolean(),
          domain.isObject() ? Json.read(Eip712Domain.class, domain) : null);
    }
    try {
      String councilId =
          id == null
              ? options.api().get("/v1/council/place", options.token()).path("councilId").asText()
              : id;
      return new FoundingPlace(
          councilId,
          false,
          FoundingPlace.anchored(councilId, chainId, Addresses.read(contract)).domain());
    } catch (SignatureRefused e) {
      throw new StartException("--contract: " + e.getMessage());
    }
  }
}
