package witan.actors.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import witan.actors.spi.KeyTable;
import witan.actors.testing.MemoryCouncil;
import witan.codec.entry.Entry;
import witan.codec.event.Encoded;
import witan.codec.event.EventCodec;
import witan.codec.event.PseudonymKey;
import witan.codec.json.Json;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.Identity;
import witan.domain.common.Person;
import witan.domain.notes.NoteCommand;
import witan.domain.notes.NoteEvent;
import witan.domain.notes.NotesAggregate;

/** What the log holds of people, and what is left of it when a person is erased. */
class PersonServiceTest {
  private static final Identity OLGA = new Identity("local", "olga", "Olga O.");
  private static final String PID = "notes|c-1";

  private final Map<String, byte[]> table = new HashMap<>();
  private final KeyTable keys =
      new KeyTable() {
        @Override
        public CompletionStage<byte[]> keyFor(String subject) {
          return CompletableFuture.completedFuture(
              table.computeIfAbsent(subject, s -> MemoryCouncil.sha256(s + table.size())));
        }

        @Override
        public CompletionStage<Optional<byte[]>> existing(String subject) {
          return CompletableFuture.completedFuture(Optional.ofNullable(table.get(subject)));
        }
      };
  private final PersonService persons =
      new PersonService(new PseudonymKey(MemoryCouncil.sha256("pseudonyms")), keys);

  private Person person(Identity identity) {
    return persons.of(identity).toCompletableFuture().join();
  }

  private Optional<Identity> identity(String pseudonym, String sealed) {
    return persons.identity(new Person(pseudonym, sealed)).toCompletableFuture().join();
  }

  private Encoded noted(Person by) {
    NotesAggregate rules = new NotesAggregate();
    Decision<NoteEvent> decision =
        rules.decide(rules.empty(), new NoteCommand.AddNote(by, "a scanner", null), Instant.EPOCH);
    return new EventCodec()
        .encode(
            ((Decision.Accepted<NoteEvent>) decision).events().get(0),
            PID,
            1,
            Digest.ZERO,
            null,
            keys.keyFor(PID).toCompletableFuture().join());
  }

  private NoteEvent.NoteAdded decoded(Encoded entry) {
    return (NoteEvent.NoteAdded)
        new EventCodec().decode(entry.entry(), entry.sealedBody(), table.get(PID));
  }

  @Test
  void anEntryNamesAPersonByAPseudonymAndTheNameStandsInTheSealedFieldAlone() {
    Encoded entry = noted(person(OLGA));
    NoteEvent.NoteAdded note = decoded(entry);

    assertEquals(person(OLGA).pseudonym(), note.by());
    assertEquals(note.by(), Entry.parse(entry.entry()).actor());
    String shown =
        new String(entry.entry(), StandardCharsets.UTF_8)
            + new String(Json.canonical(note), StandardCharsets.UTF_8);
    assertFalse(shown.toLowerCase(java.util.Locale.ROOT).contains("olga"), shown);
    assertEquals(Optional.of(OLGA), identity(note.by(), note.person()));
    Person ben = person(new Identity("local", "ben", "Ben"));
    assertNotEquals(note.by(), ben.pseudonym());
    assertEquals(Optional.empty(), identity(ben.pseudonym(), note.person()));
  }

  @Test
  void whoeverDestroysThePersonsKeyErasesTheNameAndTheEntryStaysReadable() {
    Encoded entry = noted(person(OLGA));
    String pseudonym = decoded(entry).by();

    table.remove(Person.keyOf(pseudonym));

    NoteEvent.NoteAdded note = decoded(entry);
    assertEquals("a scanner", note.text());
    assertEquals(Optional.empty(), identity(note.by(), note.person()));
    // Who comes back has the pseudonym again, and a new key, which opens nothing of before.
    assertEquals(pseudonym, person(OLGA).pseudonym());
    assertEquals(Optional.empty(), identity(note.by(), note.person()));
    assertEquals(Optional.of(OLGA), identity(pseudonym, person(OLGA).sealed()));
  }
}
