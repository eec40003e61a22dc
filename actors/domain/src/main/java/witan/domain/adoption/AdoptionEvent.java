package witan.domain.adoption;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.common.Person;

/** What a log says of itself, under the pid {@code adoption|<council>}. */
public sealed interface AdoptionEvent extends DomainEvent {
  /**
   * Entry 0 of a generation but the first.
   *
   * @param origin of this generation
   * @param oldOrigin of the one before, whose tree is closed with that size and root
   * @param lost what somebody remembers of the old log that the closed tree does not hold
   * @param reason published; what the statements hash
   * @param statements empty where nobody was asked, which only the development profile allows
   * @param by who did it, as {@link Person#pseudonym}
   * @param person {@link Person#sealed}
   */
  record LogAdopted(
      String origin,
      String oldOrigin,
      long oldSize,
      Digest oldRoot,
      List<Lost> lost,
      String reason,
      List<SignedAdoption> statements,
      String by,
      Instant at,
      @Nullable String person)
      implements AdoptionEvent {
    public LogAdopted {
      lost = List.copyOf(lost);
      statements = List.copyOf(statements);
    }
  }

  /**
   * A checkpoint that was signed and is not a beginning of the closed tree.
   *
   * @param source who remembers it, for a person
   */
  record Lost(String source, long size, Digest root) {}
}
