package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import witan.cluster.CouncilCommands;
import witan.codec.json.Json;
import witan.codec.json.Limits;

/** Members change the council with the commands alone, and a real one takes it. */
@ExtendWith(Stack.Provider.class)
class ChangeCommandsIT {
  private static final Pattern CASE = Pattern.compile("Proposed as case (p-[0-9a-f]{32})");

  @TempDir Path folder;

  @Test
  void a_member_is_admitted_delegates_rotates_its_key_and_leaves(Stack stack) throws Exception {
    decided(
        stack,
        "propose member admit newt --organisation it --role analyst --tokens 5 --address "
            + Ballots.address("newt"));
    JsonNode newt = member(stack, "newt");
    assertEquals(Ballots.address("newt"), newt.path("address").asText());

    done(stack, 0, "delegate --to ana --for routine", "newt");
    assertEquals("ana", member(stack, "newt").at("/delegatesTo/0").asText());
    done(stack, 0, "delegate --back", "newt");
    assertEquals(0, member(stack, "newt").path("delegatesTo").size());

    key("newt-later");
    done(stack, 0, "key rotate --new " + folder.resolve("newt-later"), "newt");
    assertEquals(Ballots.address("newt"), member(stack, "newt").at("/formerKeys/0").asText());
    done(stack, 0, "key revoke", "newt-later");
    assertTrue(member(stack, "newt").path("address").isNull());

    String again =
        done(
            stack,
            1,
            "propose member admit newt --organisation it --role analyst --tokens 5 --address "
                + Ballots.address("newt-again"),
            "ana");
    assertTrue(again.contains("change_member_exists"), again);
    decided(stack, "propose member remove newt");
  }

  @Test
  void a_policy_is_added_changed_and_taken_out(Stack stack) throws Exception {
    String like = stack.cases.policies().get(0).name();
    decided(stack, "propose policy spare --like " + like + " --window 9min");
    decided(stack, "propose policy spare --window 8min --approvals 1");
    String shown = done(stack, 0, "policy show spare", "ana");
    assertTrue(shown.contains("8 min"), shown);
    decided(stack, "propose policy spare --remove");
    assertEquals(0, stack.cases.policies().stream().filter(p -> p.name().equals("spare")).count());
  }

  /** Proposed by ana's command, approved, applied. */
  private void decided(Stack stack, String command) throws Exception {
    Matcher proposed = CASE.matcher(done(stack, 0, command, "ana"));
    assertTrue(proposed.find(), command);
    String caseId = proposed.group(1);
    stack.cases.awaitType(caseId, "VotingOpened");
    stack.cases.approve(caseId);
    stack.cases.awaitSealed(caseId);
    JsonNode execution = stack.api.json("/v1/executions/" + caseId);
    assertEquals("SUCCEEDED", execution.path("outcome").asText(), execution.toString());
  }

  private JsonNode member(Stack stack, String name) throws Exception {
    String list = done(stack, 0, "member list --json", name);
    for (JsonNode line :
        Json.parse(list.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT).path("members")) {
      if (line.path("member").asText().equals(name)) {
        return line;
      }
    }
    throw new AssertionError("no member " + name + ": " + list);
  }

  private String done(Stack stack, int exit, String command, String member) throws Exception {
    boolean signs = !command.matches("(member|policy) .*");
    CommandLine line = CouncilCommands.program().line();
    StringWriter told = new StringWriter();
    line.setOut(new PrintWriter(told, true));
    line.setErr(new PrintWriter(told, true));
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(stack.api.access());
    if (signs) {
      words.addAll(List.of("--yes", "--key", key(member).toString()));
    }
    int code = line.execute(words.toArray(String[]::new));
    assertEquals(exit, code, () -> command + "\n" + told);
    return told.toString();
  }

  private Path key(String member) throws Exception {
    Path file = folder.resolve(member);
    Files.writeString(file, HexFormat.of().formatHex(Ballots.key(member)) + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
