package witan.cluster.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import witan.answers.Answers;
import witan.answers.votes.ProposalAnswer;
import witan.cluster.testing.Story;
import witan.cluster.text.Lines;
import witan.cluster.text.Roll;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;

/** What a watcher reads of a case that the domain's own rules let go. */
class CaseTellerTest {
  private static final Instant OPENED = Instant.parse("2026-11-23T12:31:00Z");
  private static final String STEP = "action--1f7b3e9c-8a24-4d6f-b5c0-9d2e4a6c8b02";

  private final Story story = Story.pod("c-1", OPENED, Story.policy(true));

  private String told(Set<String> waiting) {
    CaseTeller teller = new CaseTeller("c-1", story.now, waiting::contains, () -> new Lines(80));
    teller.know(
        Answers.read(ProposalAnswer.class, story.proposal()),
        Roll.of(story.electorate()),
        story.now);
    StringBuilder text = new StringBuilder();
    for (JsonNode event : story.feed()) {
      text.append(teller.event(event));
    }
    assertTrue(text.toString().lines().allMatch(line -> line.length() <= 80), text.toString());
    return text.toString().replaceAll("\\s+", " ");
  }

  private void approved() {
    story
        .later(10)
        .votes(Story.ANA, Support.FOR, 1)
        .votes(Story.CEM, Support.FOR, 1)
        .later(110)
        .does(new CaseCommand.CheckDeadline());
  }

  private void asked(String adapter) {
    approved();
    story.does(new CaseCommand.StartExecution(adapter, List.of(STEP), null));
    story.does(
        new CaseCommand.IntendStep(
            STEP,
            1,
            "manual",
            new Target("", null, "Person", "the owner"),
            Map.of("text", "Ask the owner."),
            "c-1/m",
            story.now.plusSeconds(600)));
  }

  @Test
  void aBallotIsToldWithTheNameOfItsVoterAndOfWhoDelegated() {
    story.later(10).votes(Story.ANA, Support.FOR, 1).later(5).votes(Story.BO, Support.AGAINST, 0);
    story.later(5).votes(Story.ANA, Support.FOR, 3);

    String told = told(Set.of());

    assertTrue(
        told.contains(
            "12:31:10 vote FOR by ana of acme, weight 100 + 100 delegated by bo 12:31:15"),
        told);
    assertTrue(told.contains("vote AGAINST by bo of acme, weight 100 12:31:20"), told);
    assertTrue(
        told.contains("FOR by ana of acme, weight 100, in place of an earlier ballot"), told);
  }

  @Test
  void aVetoIsToldWithItsGuardianAndReason() {
    story.later(10).vetoed("the hospital needs it");
    assertTrue(
        told(Set.of())
            .endsWith(
                "VETOED by guardian gil of globex: \"the hospital needs it\""
                    + " 12:31:10 closed a guardian stopped it "),
        told(Set.of()));
  }

  @Test
  void anExpiryIsToldWithWhatWasMissing() {
    story.later(10).votes(Story.CEM, Support.FOR, 1).later(200);
    story.does(new CaseCommand.CheckDeadline());
    assertTrue(
        told(Set.of())
            .contains("EXPIRED too few voted: 100 of 450 (22.22 %), 60 % needed, so 170 short"),
        told(Set.of()));
  }

  @Test
  void aRehearsedManualStepWaitsForNobody() {
    asked("rehearsal");
    story.does(
        new CaseCommand.ObserveStep(
            STEP, 1, StepOutcome.REHEARSED, "nobody was asked", "[]", null));
    story.does(new CaseCommand.EndExecution(ExecutionOutcome.REHEARSED, ""));

    String told = told(Set.of(STEP));

    assertFalse(told.contains("WAITS"), told);
    assertFalse(told.contains("vote confirm"), told);
    assertTrue(told.contains("step 1 of 1: a person is asked: \"Ask the owner.\""), told);
    assertTrue(told.contains("1 step, rehearsed: nothing is sent to any cluster"), told);
    assertTrue(told.contains("execution ended REHEARSED, rehearsed: nothing was sent"), told);
  }

  @Test
  void aManualStepSaysWhatAMemberTypesAsLongAsItWaits() {
    asked("kubernetes");
    String hint = "./witan vote confirm c-1 '" + STEP + "' --key FILE --reason TEXT";
    assertTrue(told(Set.of(STEP)).contains("WAITS 1 of 1: a person is asked"), told(Set.of(STEP)));
    assertTrue(told(Set.of(STEP)).contains(hint), told(Set.of(STEP)));
    assertFalse(told(Set.of()).contains("vote confirm"), "it was answered since");
  }

  @Test
  void anOpenVoteIsToldInTheWordsOfItsScreen() {
    story.later(20).votes(Story.ANA, Support.FOR, 1).votes(Story.CEM, Support.FOR, 1);
    ProposalAnswer vote = Answers.read(ProposalAnswer.class, story.proposal());
    CaseTeller teller = new CaseTeller("c-1", story.now, step -> false, () -> new Lines(80));
    assertEquals(
        "FOR 300, AGAINST 0, abstained 0, not voted 150, of 450 passes as it stands; decided at"
            + " 12:33:00 UTC, option 0 ahead: until then ballots may be replaced",
        teller.tally(vote).replaceAll("\\s+", " ").strip());
  }
}
