package witan.domain.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import witan.domain.common.Decision;
import witan.domain.common.Person;

class NotesAggregateTest {
  private static final Instant NOW = Instant.parse("2026-11-23T01:02:03Z");

  private final NotesAggregate rules = new NotesAggregate();
  private NotesState state = rules.empty();

  private Decision<NoteEvent> send(NoteCommand command) {
    Decision<NoteEvent> decision = rules.decide(state, command, NOW);
    if (decision instanceof Decision.Accepted<NoteEvent> accepted) {
      for (NoteEvent event : accepted.events()) {
        state = rules.apply(state, event);
      }
    }
    return decision;
  }

  private void refused(String code, NoteCommand command) {
    Decision<NoteEvent> decision = send(command);
    assertEquals(
        code,
        assertInstanceOf(Decision.Refused.class, decision, decision.toString()).refusal().code());
  }

  private static NoteCommand note(String by, String text, String key) {
    return new NoteCommand.AddNote(new Person(by, null), text, key);
  }

  @Test
  void aNoteIsAddedOncePerAuthorAndKey() {
    assertEquals(
        Decision.accept(new NoteEvent.NoteAdded("ana", "seen", "k", NOW, null)),
        send(note("ana", "seen", "k")));
    assertEquals(new Decision.Repeated<>(1L), send(note("ana", "again", "k")));
    assertInstanceOf(Decision.Accepted.class, send(note("ben", "seen", "k")));
    assertInstanceOf(Decision.Accepted.class, send(note("ana", "seen", null)));
    assertInstanceOf(Decision.Accepted.class, send(note("ana", "seen", null)));
    assertEquals(4, state.seq());
    assertFalse(rules.sealed(state));
  }

  @Test
  void aStepIsResolvedOnce() {
    NoteCommand did = new NoteCommand.ResolveStep("s", true, new Person("ana", null), "");
    send(did);
    assertEquals(
        new Decision.Repeated<>(1L),
        send(new NoteCommand.ResolveStep("s", true, new Person("ben", null), "x")));
    refused("step_resolved", new NoteCommand.ResolveStep("s", false, new Person("ben", null), ""));
    assertInstanceOf(
        Decision.Accepted.class,
        send(new NoteCommand.ResolveStep("t", false, new Person("ben", null), "")));
  }

  @Test
  void notesAreBounded() {
    refused("note_text", note("ana", " ", null));
    refused("note_text", note("ana", "x".repeat(NotesAggregate.MAX_TEXT + 1), null));
    refused(
        "note_text",
        new NoteCommand.ResolveStep(
            "s", true, new Person("ana", null), "x".repeat(NotesAggregate.MAX_TEXT + 1)));
    for (int i = 0; i < NotesAggregate.MAX_ENTRIES; i++) {
      send(note("ana", "x", null));
    }
    refused("notes_full", note("ana", "x", null));
  }
}
