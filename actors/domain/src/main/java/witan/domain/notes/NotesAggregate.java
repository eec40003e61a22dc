package witan.domain.notes;

import java.time.Instant;
import witan.domain.common.Aggregate;
import witan.domain.common.Decision;
import witan.domain.common.PersistentMap;

/** The notes of one case. They never end: a case is talked about long after its seal. */
public final class NotesAggregate implements Aggregate<NotesState, NoteCommand, NoteEvent> {
  public static final int MAX_ENTRIES = 1_000;
  public static final int MAX_TEXT = 4_000;

  @Override
  public NotesState empty() {
    return NotesState.EMPTY;
  }

  @Override
  public boolean sealed(NotesState state) {
    return false;
  }

  @Override
  public Decision<NoteEvent> decide(NotesState s, NoteCommand command, Instant now) {
    if (command instanceof NoteCommand.AddNote c) {
      return add(s, c, now);
    }
    if (command instanceof NoteCommand.ResolveStep c) {
      return resolve(s, c, now);
    }
    throw new IllegalStateException("unknown command " + command.getClass());
  }

  private static Decision<NoteEvent> add(NotesState s, NoteCommand.AddNote c, Instant now) {
    String key = c.idempotencyKey();
    Long before = key == null ? null : s.seqOf(NotesState.key(c.by().pseudonym(), key));
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    if (c.text().isBlank()) {
      return badText();
    }
    return logged(
        s,
        c.text(),
        new NoteEvent.NoteAdded(c.by().pseudonym(), c.text(), key, now, c.by().sealed()));
  }

  private static Decision<NoteEvent> resolve(NotesState s, NoteCommand.ResolveStep c, Instant now) {
    Long before = s.seqOf(NotesState.key(c.step()));
    if (before == null) {
      return logged(
          s,
          c.note(),
          new NoteEvent.StepResolved(
              c.step(), c.did(), c.by().pseudonym(), c.note(), now, c.by().sealed()));
    }
    return Boolean.valueOf(c.did()).equals(s.resolved().get(c.step()))
        ? new Decision.Repeated<>(before)
        : Decision.refuse(
            "step_resolved", "somebody found the opposite before", "add a note that says why");
  }

  private static Decision<NoteEvent> logged(NotesState s, String text, NoteEvent event) {
    if (text.length() > MAX_TEXT) {
      return badText();
    }
    return s.seq() >= MAX_ENTRIES
        ? Decision.refuse(
            "notes_full", "the case has " + MAX_ENTRIES + " notes", "keep them elsewhere")
        : Decision.accept(event);
  }

  private static Decision<NoteEvent> badText() {
    return Decision.refuse(
        "note_text", "a note has 1 to " + MAX_TEXT + " characters", "shorten it, or say something");
  }

  @Override
  public NotesState apply(NotesState s, NoteEvent event) {
    long seq = s.seq() + 1;
    if (event instanceof NoteEvent.NoteAdded e) {
      String key = e.idempotencyKey();
      return key == null
          ? new NotesState(seq, s.seqByKey(), s.resolved())
          : new NotesState(
              seq,
              PersistentMap.of(s.seqByKey()).plus(NotesState.key(e.by(), key), seq),
              s.resolved());
    }
    if (event instanceof NoteEvent.StepResolved e) {
      return new NotesState(
          seq,
          PersistentMap.of(s.seqByKey()).plus(NotesState.key(e.step()), seq),
          PersistentMap.of(s.resolved()).plus(e.step(), e.did()));
    }
    throw new IllegalStateException("unknown event " + event.getClass());
  }
}
