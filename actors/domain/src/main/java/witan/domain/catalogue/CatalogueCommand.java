package witan.domain.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.common.Person;

/** What may be asked of a catalogue. */
public sealed interface CatalogueCommand {

  /**
   * Makes a playbook the newest version of a name. The caller has read the document, checked its
   * signatures and stored it by its digest. Idempotent by key, and while it is the newest version.
   *
   * @param signatures the document's {@code signatures}, a canonical JSON array; empty without any
   * @param signers whose signatures these are, in their order
   * @param by the operator
   */
  record PublishPlaybook(
      String name,
      Digest digest,
      PlaybookFacts facts,
      String signatures,
      List<PlaybookSigner> signers,
      Person by,
      @Nullable String idempotencyKey)
      implements CatalogueCommand {
    public PublishPlaybook {
      signers = List.copyOf(signers);
    }
  }

  /** Takes a version out of use for proposals that open from now on. Idempotent. */
  record RetirePlaybook(String name, long version, String reason, Person by)
      implements CatalogueCommand {}
}
