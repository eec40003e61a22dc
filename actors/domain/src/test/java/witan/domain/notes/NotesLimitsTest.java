package witan.domain.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static witan.domain.Fixtures.START;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.domain.common.Decision;
import witan.domain.common.Person;

/** Who said what of a case, once each, and how much of it there may be. */
class NotesLimitsTest {
  private static final Person OLGA = new Person("p1:olga", "sealed");
  private static final Person BEN = new Person("p1:ben", "sealed too");

  private final NotesAggregate rules = new NotesAggregate();
  private NotesState state = rules.empty();

  private String tell(NoteCommand command) {
    Decision<NoteEvent> decision = rules.decide(state, command, START);
    if (decision instanceof Decision.Accepted<NoteEvent> accepted) {
      accepted.events().forEach(e -> state = rules.apply(state, e));
    }
    return decision instanceof Decision.Refused<NoteEvent> refused
        ? refused.refusal().code()
        : decision instanceof Decision.Repeated<NoteEvent> repeated
            ? "Repeated " + repeated.seq()
            : "Accepted";
  }

  private static NoteCommand note(Person by, String text, @Nullable String key) {
    return new NoteCommand.AddNote(by, text, key);
  }

  private static NoteCommand looked(String step, boolean did, Person by, String note) {
    return new NoteCommand.ResolveStep(step, did, by, note);
  }

  @ParameterizedTest
  @CsvSource({"1, Accepted", "4000, Accepted", "4001, note_text"})
  void aNoteIsOfSomeLength(int length, String answer) {
    assertEquals(answer, tell(note(OLGA, "x".repeat(length), null)));
    assertEquals(answer, tell(looked("s", true, OLGA, "x".repeat(length))));
  }

  @ParameterizedTest
  @CsvSource({"''", "' '", "'\t\n'"})
  void aNoteSaysSomethingAndAnAnswerNeedsNoWords(String text) {
    assertEquals("note_text", tell(note(OLGA, text, null)));
    assertEquals("Accepted", tell(looked("s", true, OLGA, text)));
  }

  @Test
  void whatIsLoggedSaysWhoAndWhen() {
    assertEquals(
        Decision.accept(new NoteEvent.StepResolved("s", false, "p1:olga", "gone", START, "sealed")),
        rules.decide(state, looked("s", false, OLGA, "gone"), START));
    assertEquals(
        Decision.accept(new NoteEvent.NoteAdded("p1:ben", "seen", "k", START, "sealed too")),
        rules.decide(state, note(BEN, "seen", "k"), START));
  }

  @Test
  void aKeyIsItsAuthorsAndTheFirstTextCounts() {
    assertEquals("Accepted", tell(note(OLGA, "first", "k")));
    assertEquals("Accepted", tell(note(BEN, "another's", "k")));
    assertEquals("Repeated 1", tell(note(OLGA, "second", "k")));
    assertEquals("Repeated 2", tell(note(BEN, "", "k")), "a retry is not read again");
  }

  /** A key that reads like a step's is none. */
  @Test
  void keysOfNotesAndNamesOfStepsDoNotMeet() {
    assertEquals("Accepted", tell(looked("s", true, OLGA, "")));
    assertEquals("Accepted", tell(note(OLGA, "note", "s")));
    assertEquals("Accepted", tell(note(OLGA, "note", "step|s")));
    assertEquals("Repeated 1", tell(looked("s", true, BEN, "")));
  }

  @Test
  void whatWasFoundIsFinalWhoeverLooksAgain() {
    tell(looked("s", false, OLGA, ""));
    assertEquals("step_resolved", tell(looked("s", true, OLGA, "I erred")));
    assertEquals("Repeated 1", tell(looked("s", false, BEN, "I see it too")));
    assertEquals("Accepted", tell(looked("t", true, BEN, "")));
    assertEquals(Map.of("s", false, "t", true), state.resolved());
  }

  @Test
  void theLastPlaceIsTakenAndWhatIsThereIsAnsweredWhenFull() {
    tell(note(OLGA, "first", "k"));
    tell(looked("s", true, OLGA, ""));
    while (state.seq() < NotesAggregate.MAX_ENTRIES) {
      assertEquals("Accepted", tell(note(OLGA, "more", null)));
    }
    NotesState full = state;

    assertEquals("notes_full", tell(note(OLGA, "one more", null)));
    assertEquals("notes_full", tell(looked("t", true, OLGA, "")));
    assertEquals("Repeated 1", tell(note(OLGA, "first", "k")));
    assertEquals("Repeated 2", tell(looked("s", true, OLGA, "")));
    assertEquals("step_resolved", tell(looked("s", false, OLGA, "")));
    assertSame(full, state);
  }
}
