package witan.actors.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import witan.actors.spi.ContentStore;
import witan.actors.spi.Entities;
import witan.actors.view.CatalogueLog;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.codec.playbook.PlaybookSignatures;
import witan.codec.playbook.ShippedPlaybooks;
import witan.domain.api.Answer;
import witan.domain.api.Playbooks;
import witan.domain.api.Receipt;
import witan.domain.catalogue.CatalogueAggregate;
import witan.domain.catalogue.CatalogueCommand.PublishPlaybook;
import witan.domain.catalogue.CatalogueCommand.RetirePlaybook;
import witan.domain.catalogue.CatalogueState;
import witan.domain.catalogue.PlaybookVersion;
import witan.domain.common.Digest;

/**
 * The catalogue: names and versions from the log, content from the store and from what is shipped.
 * Thread-safe.
 */
public final class PlaybookService implements Playbooks {
  private static final Map<Digest, byte[]> SHIPPED =
      ShippedPlaybooks.all().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  ShippedPlaybooks.Shipped::digest, s -> unsigned(s.document())));

  private final CatalogueLog catalogue;
  private final ContentStore content;
  private final Entities entities;
  private final String councilId;

  public PlaybookService(
      CatalogueLog catalogue, ContentStore content, Entities entities, String councilId) {
    this.catalogue = catalogue;
    this.content = content;
    this.entities = entities;
    this.councilId = councilId;
  }

  /** Those of a catalogue that starts with what is shipped. */
  public static CatalogueAggregate rules() {
    return new CatalogueAggregate(
        ShippedPlaybooks.all().stream().map(ShippedPlaybooks.Shipped::version).toList());
  }

  private static byte[] unsigned(JsonNode document) {
    com.fasterxml.jackson.databind.node.ObjectNode bare = document.deepCopy();
    bare.remove("signatures");
    return Json.canonical(bare);
  }

  @Override
  public CompletionStage<CatalogueState> current() {
    return catalogue.current();
  }

  @Override
  public CompletionStage<Optional<byte[]>> document(Digest digest) {
    byte[] shipped = SHIPPED.get(digest);
    return shipped == null
        ? content.get(digest)
        : CompletableFuture.completedFuture(Optional.of(shipped));
  }

  @Override
  public CompletionStage<Optional<byte[]>> signed(Digest digest) {
    return document(digest)
        .thenCombine(
            current(), (found, state) -> found.map(bytes -> signed(bytes, state.all(digest))));
  }

  private static byte[] signed(byte[] unsigned, Stream<PlaybookVersion> versions) {
    List<String> newestFirst =
        versions
            .sorted(Comparator.comparingLong(PlaybookVersion::seq).reversed())
            .map(PlaybookVersion::signatures)
            .toList();
    return Json.canonical(
        PlaybookSignatures.attach(
            Json.parse(unsigned, Limits.DEFAULT), PlaybookSignatures.merged(newestFirst)));
  }

  /**
   * Content first: a crash after it leaves bytes that nothing names, and the same call goes on.
   * What is called goes there too, since what is shipped is not in the store by itself.
   */
  @Override
  public CompletionStage<Answer<Changed>> publish(PublishPlaybook command, byte[] document) {
    CompletionStage<Digest> stored = content.put(document);
    for (Digest call : command.facts().calls()) {
      byte[] shipped = SHIPPED.get(call);
      if (shipped != null) {
        stored = stored.thenCombine(content.put(shipped), (own, other) -> own);
      }
    }
    return stored.thenCompose(
        digest -> {
          if (!digest.equals(command.digest())) {
            throw new IllegalArgumentException("the document is not the one that is published");
          }
          return changed(
              entities.toCatalogue(councilId, command),
              command.name(),
              receipt -> v -> v.seq() == receipt.seq());
        });
  }

  @Override
  public CompletionStage<Answer<Changed>> retire(RetirePlaybook command) {
    return changed(
        entities.toCatalogue(councilId, command),
        command.name(),
        receipt -> v -> v.version() == command.version());
  }

  private CompletionStage<Answer<Changed>> changed(
      CompletionStage<Answer<Receipt>> answer,
      String name,
      Function<Receipt, Predicate<PlaybookVersion>> which) {
    return answer.thenCompose(
        given -> {
          if (given instanceof Answer.Done<Receipt> done) {
            return current().thenApply(state -> done(state.versionsOf(name), which, done.value()));
          }
          return CompletableFuture.completedFuture(
              given instanceof Answer.Declined<Receipt> declined
                  ? new Answer.Declined<>(declined.refusal())
                  : busy((Answer.Busy<Receipt>) given));
        });
  }

  private static Answer<Changed> done(
      List<PlaybookVersion> versions,
      Function<Receipt, Predicate<PlaybookVersion>> which,
      Receipt receipt) {
    return versions.stream()
        .filter(which.apply(receipt))
        .findFirst()
        .<Answer<Changed>>map(v -> new Answer.Done<>(new Changed(v, receipt)))
        .orElseThrow(() -> new IllegalStateException("what was logged is not read: " + receipt));
  }

  private static Answer<Changed> busy(Answer.Busy<Receipt> busy) {
    return new Answer.Busy<>(busy.reason(), busy.retryAfter());
  }
}
