package witan.actors.service;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.KeyTable;
import witan.codec.event.PseudonymKey;
import witan.codec.event.SealedPerson;
import witan.domain.api.Persons;
import witan.domain.common.Identity;
import witan.domain.common.Person;

/** Seals people's names under keys of their own. */
public final class PersonService implements Persons {
  private final PseudonymKey pseudonyms;
  private final KeyTable keys;

  public PersonService(PseudonymKey pseudonyms, KeyTable keys) {
    this.pseudonyms = pseudonyms;
    this.keys = keys;
  }

  @Override
  public CompletionStage<Person> of(Identity identity) {
    String pseudonym = pseudonyms.pseudonym(identity);
    return keys.keyFor(Person.keyOf(pseudonym))
        .thenApply(key -> new Person(pseudonym, SealedPerson.seal(key, pseudonym, identity)));
  }

  @Override
  public CompletionStage<Optional<Identity>> identity(Person person) {
    String sealed = person.sealed();
    return sealed == null
        ? CompletableFuture.completedFuture(Optional.empty())
        : keys.existing(Person.keyOf(person.pseudonym()))
            .thenApply(
                found -> found.flatMap(key -> SealedPerson.open(key, person.pseudonym(), sealed)));
  }
}
