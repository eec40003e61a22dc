package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import witan.cluster.CouncilCommands;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.common.Address;
import witan.domain.governance.Eip712Domain;
import witan.domain.registry.Charter;
import witan.domain.registry.FoundingPlace;
import witan.http.auth.Role;

/** From no key at all to a council, by commands alone, over the real routes and rules. */
class FoundingByCommandTest {
  private static final Address CONTRACT = new Address("0x" + "cc".repeat(20));
  private static final List<String> SEATS =
      List.of(
          "ana acme operator 100",
          "bo acme analyst 100",
          "chen bolt operator 100",
          "dara bolt legal 100",
          "eli city analyst 100");

  @TempDir Path folder;
  private Api api;
  private Path charter;
  private String said = "";

  @BeforeEach
  void start() {
    api = new Api();
    api.council.decides = true;
    api.council.place = FoundingPlace.anchored("acme-council", 1337, CONTRACT);
    charter = folder.resolve("charter.json");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /** The exit code; what was said, on either stream, is kept. */
  private int witan(String... words) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text, true);
    CommandLine line = CouncilCommands.program().line(words).setOut(writer).setErr(writer);
    int code = line.execute(words);
    said = text.toString().replace(folder + "/", "");
    assertTrue(
        said.lines().allMatch(l -> l.length() <= 80 || l.matches("(witan: |Refused|— ).*")),
        "80 columns: " + said);
    return code;
  }

  private int ask(Role role, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--url", "http://127.0.0.1:" + api.port(), "--token", Api.token(role)));
    return witan(all.toArray(String[]::new));
  }

  private Path key(String member) {
    return folder.resolve(member + ".key");
  }

  private Path signature(String member) {
    return folder.resolve(member + ".signature.json");
  }

  private static String name(String seat) {
    return seat.substring(0, seat.indexOf(' '));
  }

  /** Makes everybody's key, and drafts the charter. */
  private void draft() {
    List<String> words =
        new ArrayList<>(
            List.of("council", "init", "--name", "Acme and friends", "--out", charter.toString()));
    for (String seat : SEATS) {
      String member = name(seat);
      assertEquals(0, witan("key", "new", key(member).toString()), said);
      assertEquals(0, witan("key", "show", key(member).toString()), said);
      words.addAll(
          List.of("--member", member + " " + said.strip() + seat.substring(member.length())));
    }
    words.addAll(List.of("--guardian", "dara"));
    assertEquals(0, ask(Role.VOTER, words.toArray(String[]::new)), said);
  }

  /** Everybody signs; nobody needs the council for it. */
  private void sign() {
    for (String seat : SEATS) {
      assertEquals(0, sign(name(seat)), said);
    }
  }

  private int sign(String member) {
    return witan(
        "council",
        "sign",
        charter.toString(),
        "--key",
        key(member).toString(),
        "--out",
        signature(member).toString(),
        "--yes");
  }

  private int found() {
    List<String> words =
        new ArrayList<>(List.of("council", "found", charter.toString(), "--signature"));
    SEATS.forEach(seat -> words.add(signature(name(seat)).toString()));
    return ask(Role.OPERATOR, words.toArray(String[]::new));
  }

  @Test
  void fiveMembersFoundACouncilWithCommandsAlone() throws IOException {
    assertEquals(1, ask(Role.VOTER, "council", "show"));
    assertTrue(said.contains("No council has been founded here yet"), said);
    assertTrue(said.contains("./witan council init"), said);

    draft();
    assertTrue(said.contains("id acme-council"), said);
    assertTrue(said.contains("dara"), said);
    // Founders need not be able to write what is signed.
    Files.writeString(charter, Files.readString(charter).replace("\"PT24H\"", "\"1 day\""));
    sign();
    assertTrue(said.contains("You sign as eli of city,"), said);
    assertEquals(0, found(), said);

    assertTrue(said.contains("log entry 1"), said);
    Charter founded = api.council.registry.orElseThrow().charter();
    assertEquals(new Eip712Domain("Witan", "1", 1337, CONTRACT), founded.domain());
    assertEquals("acme-council", founded.councilId());
    assertEquals(List.of("dara"), founded.guardians().members());
    assertTrue(said.contains(api.council.registry.orElseThrow().charterHash().hex()), said);

    assertEquals(0, ask(Role.VOTER, "council", "show"), said);
    assertTrue(said.contains("acme 40 %, bolt 40 %, city 20 %"), said);
    assertTrue(said.contains("open for   1 day"), said);
    assertEquals(0, found());
    assertTrue(said.contains("Founded before: log entry"), said);
  }

  @Test
  void aCharterThatWasMovedToAnotherPlaceIsRefused() {
    draft();
    sign();
    api.council.place =
        FoundingPlace.anchored("acme-council", 1337, new Address("0x" + "dd".repeat(20)));

    assertEquals(1, found());

    assertTrue(said.contains("charter_other_contract"), said);
    assertEquals(Optional.empty(), api.council.registry);
  }

  @Test
  void whoHasNotSignedIsNamedBeforeAnythingIsSent() {
    draft();
    SEATS.subList(0, 3).forEach(seat -> assertEquals(0, sign(name(seat)), said));

    assertEquals(
        2,
        ask(
            Role.OPERATOR,
            "council",
            "found",
            charter.toString(),
            "--signature",
            signature("ana").toString(),
            signature("bo").toString(),
            signature("chen").toString()));

    assertTrue(said.contains("missing: dara, eli"), said);
    assertTrue(api.council.foundings.isEmpty());
  }

  @Test
  void aSignatureUnderAnotherCharterIsToldFromAMissingOne() throws IOException {
    draft();
    sign();
    Files.writeString(
        charter, Files.readString(charter).replace("Acme and friends", "Acme and foes"));

    assertEquals(2, found());

    assertTrue(said.contains("ana signed another charter"), said);
    assertTrue(api.council.foundings.isEmpty());
  }

  @Test
  void asJsonTheCharterIsWhatIsSigned() throws IOException {
    draft();
    Charter drafted = Json.read(Charter.class, Files.readAllBytes(charter));
    Files.writeString(charter, Files.readString(charter).replace("\"PT30M\"", "\"30 minutes\""));

    assertEquals(0, witan2("council", "show", charter.toString(), "--json"));

    byte[] json = said.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertEquals(drafted, Json.read(Charter.class, Json.parse(json, Limits.DEFAULT)));
  }

  /** What programs read has lines of any length. */
  private int witan2(String... words) {
    StringWriter text = new StringWriter();
    int code =
        CouncilCommands.program().line(words).setOut(new PrintWriter(text, true)).execute(words);
    said = text.toString();
    return code;
  }

  @Test
  void whereTheChainIsNotKnownYetNothingIsDrafted() {
    api.council.place = FoundingPlace.awaited("acme-council");
    String[] words = {
      "council",
      "init",
      "--name",
      "n",
      "--member",
      "ana " + CONTRACT + " acme operator 1",
      "--out",
      charter.toString()
    };

    assertEquals(2, ask(Role.VOTER, words));
    assertTrue(said.contains("try again soon"), said);
    api.council.place = FoundingPlace.unanchored("acme-council");
    assertEquals(2, ask(Role.VOTER, words));
    assertTrue(said.contains("--chain-id"), said);
    assertTrue(Files.notExists(charter));
  }
}
