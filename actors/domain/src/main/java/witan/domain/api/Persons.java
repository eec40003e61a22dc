package witan.domain.api;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import witan.domain.common.Identity;
import witan.domain.common.Person;

/** The one place where people get the names that the log knows them by. */
public interface Persons {
  /**
   * The person's pseudonym, the same for ever on every node with the council's pseudonym key, and
   * the identity, sealed under the person's key, which is made where there is none.
   */
  CompletionStage<Person> of(Identity identity);

  /**
   * Who that is; empty where the person's key was destroyed, or what is sealed is not this
   * person's.
   */
  CompletionStage<Optional<Identity>> identity(Person person);
}
