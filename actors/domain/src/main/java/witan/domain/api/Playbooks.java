package witan.domain.api;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import witan.domain.catalogue.CatalogueCommand.PublishPlaybook;
import witan.domain.catalogue.CatalogueCommand.RetirePlaybook;
import witan.domain.catalogue.CatalogueState;
import witan.domain.catalogue.PlaybookVersion;
import witan.domain.common.Digest;

/** The council's catalogue of playbooks. */
public interface Playbooks {
  /** As logged when this is asked, or later. */
  CompletionStage<CatalogueState> current();

  /** Canonical JSON without signatures; empty where there is no such content. */
  CompletionStage<Optional<byte[]>> document(Digest digest);

  /**
   * Canonical JSON with the signatures that versions of that content bear, retired ones too: what
   * was signed stays so. Of very many signatures, those of the newest versions.
   */
  CompletionStage<Optional<byte[]>> signed(Digest digest);

  /**
   * Stores the document, then publishes it.
   *
   * @param document canonical JSON without signatures, whose SHA-256 is the command's digest
   */
  CompletionStage<Answer<Changed>> publish(PublishPlaybook command, byte[] document);

  CompletionStage<Answer<Changed>> retire(RetirePlaybook command);

  /** A version and where the log has what made it so. */
  record Changed(PlaybookVersion version, Receipt receipt) {}
}
