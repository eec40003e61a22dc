package witan.domain.catalogue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.common.Person;

/** What happened to a catalogue. */
public sealed interface CatalogueEvent extends DomainEvent {
  /** The operator, as {@link Person#pseudonym}. */
  String by();

  /** {@link Person#sealed}. */
  @Nullable String person();

  /**
   * A playbook became the newest version of its name.
   *
   * @param version from 1, one more than the last of that name
   */
  record PlaybookPublished(
      String name,
      long version,
      Digest digest,
      PlaybookFacts facts,
      String signatures,
      List<PlaybookSigner> signers,
      String by,
      @Nullable String idempotencyKey,
      Instant at,
      @Nullable String person)
      implements CatalogueEvent {
    public PlaybookPublished {
      signers = List.copyOf(signers);
    }
  }

  /** A version went out of use; what was opened with it before goes on. */
  record PlaybookRetired(
      String name, long version, String reason, String by, Instant at, @Nullable String person)
      implements CatalogueEvent {}
}
