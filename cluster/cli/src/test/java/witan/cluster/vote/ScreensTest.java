package witan.cluster.vote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.cluster.testing.Story;
import witan.cluster.testing.StoryServer;
import witan.cluster.text.Lines;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.registry.RegistryChange;

/** Whole screens, as a voter reads them. What a run showed is left in target/screens. */
class ScreensTest {
  private static final Instant OPENED = Instant.parse("2026-11-23T12:31:00Z");
  private static final String CASE = "c-0123456789abcdef0123456789abcdef";

  private static String screen(Story story, String voter, int width) throws Exception {
    try (StoryServer server = new StoryServer(story)) {
      return screen(server, story, voter, width);
    }
  }

  private static String screen(StoryServer server, Story story, String voter, int width)
      throws Exception {
    Proposal proposal = Proposal.read(server.api(), "t", story.caseId.value());
    Dossier dossier = Dossier.read(server.api(), "t", proposal);
    return ProposalText.of(
        proposal, dossier, Optional.ofNullable(voter), story.now, new Lines(width));
  }

  /** The screen is that of the file, and fits. */
  private static void assertScreen(String name, String screen) throws IOException {
    Path shown = Path.of("target/screens", name + ".txt");
    Files.createDirectories(shown.getParent());
    Files.writeString(shown, screen);
    try (InputStream in = ScreensTest.class.getResourceAsStream("/screens/" + name + ".txt")) {
      String expected = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(expected, screen);
    }
    assertTrue(screen.lines().allMatch(line -> line.length() <= 80), screen);
  }

  @Test
  void anOpenVoteOfTwoOptionsSaysWhatHappenedAndWhatEachOptionDoes() throws Exception {
    Story story = Story.pod(CASE, OPENED, Story.policy(false)).later(20);
    assertScreen("open", screen(story, "ana", 80));
  }

  @Test
  void aVoteThatPassesWhileBallotsMayBeReplacedSaysWhenItIsDecided() throws Exception {
    Story story =
        Story.pod(CASE, OPENED, Story.policy(true))
            .later(20)
            .votes(Story.ANA, Support.FOR, 1)
            .votes(Story.DAN, Support.AGAINST, 0)
            .later(10)
            .votes(Story.CEM, Support.FOR, 3);
    assertScreen("replaceable", screen(story, Story.ANA.hex(), 80));
  }

  @Test
  void aVetoedVoteSaysByWhomAndWhy() throws Exception {
    Story story =
        Story.pod(CASE, OPENED, Story.policy(true))
            .later(20)
            .votes(Story.ANA, Support.FOR, 1)
            .later(5)
            .vetoed("It would cut off the hospital's only route to the pharmacy");
    assertScreen("vetoed", screen(story, "bo", 80));
  }

  @Test
  void anExpiredVoteSaysByHowMuchTheQuorumWasMissed() throws Exception {
    Story story =
        Story.pod(CASE, OPENED, Story.policy(true))
            .later(20)
            .votes(Story.CEM, Support.FOR, 1)
            .later(200)
            .does(new CaseCommand.CheckDeadline());
    assertScreen("expired", screen(story, null, 80));
  }

  @Test
  void anApprovedVoteSaysWhatIsChosenAndWhoIsWaitedFor() throws Exception {
    Story story =
        Story.pod(CASE, OPENED, Story.policy(false))
            .later(20)
            .votes(Story.ANA, Support.FOR, 1)
            .votes(Story.CEM, Support.FOR, 1)
            .votes(Story.GIL, Support.FOR, 1);
    String screen = screen(story, "ana", 80).replaceAll("\\s+", " ");
    assertTrue(screen.contains("APPROVED at 12:31:20 UTC: option 0, Isolate workload"), screen);
    assertTrue(screen.contains("no ballot could change it any more"), screen);
    assertTrue(screen.contains("waits for executor: It is approved"), screen);
  }

  @Test
  void aChangeOfAPolicyIsShownAsItsDifferences() throws Exception {
    RegistryChange change =
        new RegistryChange.AdoptPolicies(
            List.of(
                aPolicy(Story.policy(true))
                    .version(2)
                    .quorum(4_000)
                    .window(Duration.ofMinutes(5))
                    .build()));
    Story story = Story.change(OPENED, Story.policy(true), change).later(20);
    assertScreen("change", screen(story, "gil", 80));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 100})
  void aNarrowTerminalBreaksLinesAtWordsAndCutsNothing(int width) throws Exception {
    Story story = Story.pod(CASE, OPENED, Story.policy(false)).later(20);
    String screen = screen(story, "ana", width);
    assertTrue(screen.lines().allMatch(line -> line.length() <= width), screen);
    assertEquals(words(screen(story, "ana", 80)), words(screen));
  }

  private static String words(String screen) {
    return screen.replaceAll("\\s+", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/cases/", "/v1/electorates/", "/v1/playbook-documents/"})
  void whatIsShownBesideTheProposalIsWhatItNamesOrNothingIsSigned(String path) throws Exception {
    Story story = Story.pod(CASE, OPENED, Story.policy(false));
    try (StoryServer server = new StoryServer(story)) {
      String whole =
          path
              + switch (path) {
                case "/v1/cases/" -> CASE;
                case "/v1/electorates/" ->
                    story.state().voting().content().snapshotDigest().toString();
                default -> story.state().voting().content().playbook(0).toString();
              };
      ObjectNode lie = (ObjectNode) StoryServer.of(story, whole).orElseThrow().deepCopy();
      switch (path) {
        case "/v1/cases/" -> ((ObjectNode) lie.at("/alerts/0")).put("title", "A drill");
        case "/v1/electorates/" ->
            ((ObjectNode) lie.at("/electorate/electors/0")).put("weight", "1");
        default -> lie.put("name", "Do nothing at all");
      }
      server.lies.put(whole, lie);

      IllegalStateException found =
          assertThrows(IllegalStateException.class, () -> screen(server, story, "ana", 80));

      assertTrue(found.getMessage().contains("do not sign"), found.getMessage());
    }
  }

  @Test
  void aTitleCannotDrawOnTheScreen() {
    String drawn = new Lines(80).line("a\u001b[2Jb\nc\u202ed").toString();
    assertEquals("a [2Jb c d" + System.lineSeparator(), drawn);
  }
}
