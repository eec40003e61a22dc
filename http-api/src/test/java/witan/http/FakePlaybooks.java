package witan.http;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import witan.codec.json.Json;
import witan.codec.playbook.ShippedPlaybooks;
import witan.domain.api.Answer;
import witan.domain.api.Playbooks;
import witan.domain.api.Receipt;
import witan.domain.catalogue.CatalogueAggregate;
import witan.domain.catalogue.CatalogueCommand;
import witan.domain.catalogue.CatalogueCommand.PublishPlaybook;
import witan.domain.catalogue.CatalogueCommand.RetirePlaybook;
import witan.domain.catalogue.CatalogueEvent;
import witan.domain.catalogue.CatalogueState;
import witan.domain.catalogue.PlaybookVersion;
import witan.domain.common.Decision;
import witan.domain.common.Digest;

/** The real rules of a catalogue over maps. */
final class FakePlaybooks implements Playbooks {
  private final CatalogueAggregate rules =
      new CatalogueAggregate(
          ShippedPlaybooks.all().stream().map(ShippedPlaybooks.Shipped::version).toList());
  private final Instant now;
  private final Map<Digest, byte[]> content = new HashMap<>();
  private CatalogueState state = rules.empty();

  FakePlaybooks(Instant now) {
    this.now = now;
    ShippedPlaybooks.all().forEach(s -> content.put(s.digest(), Json.canonical(s.document())));
  }

  @Override
  public synchronized CompletionStage<CatalogueState> current() {
    return CompletableFuture.completedFuture(state);
  }

  @Override
  public synchronized CompletionStage<Optional<byte[]>> document(Digest digest) {
    return CompletableFuture.completedFuture(Optional.ofNullable(content.get(digest)));
  }

  @Override
  public CompletionStage<Optional<byte[]>> signed(Digest digest) {
    throw new UnsupportedOperationException("no route asks for it");
  }

  @Override
  public synchronized CompletionStage<Answer<Changed>> publish(
      PublishPlaybook command, byte[] document) {
    content.put(command.digest(), document);
    return decide(command, command.name(), v -> true);
  }

  @Override
  public synchronized CompletionStage<Answer<Changed>> retire(RetirePlaybook command) {
    return decide(command, command.name(), v -> v.version() == command.version());
  }

  private CompletionStage<Answer<Changed>> decide(
      CatalogueCommand command, String name, Predicate<PlaybookVersion> which) {
    Decision<CatalogueEvent> decision = rules.decide(state, command, now);
    if (decision instanceof Decision.Refused<CatalogueEvent> refused) {
      return CompletableFuture.completedFuture(new Answer.Declined<>(refused.refusal()));
    }
    long seq = state.seq() + 1;
    if (decision instanceof Decision.Accepted<CatalogueEvent> accepted) {
      accepted.events().forEach(e -> state = rules.apply(state, e));
    } else {
      seq = ((Decision.Repeated<CatalogueEvent>) decision).seq();
    }
    List<PlaybookVersion> versions = state.versionsOf(name).stream().filter(which).toList();
    return CompletableFuture.completedFuture(
        new Answer.Done<>(
            new Changed(
                versions.get(versions.size() - 1),
                new Receipt(
                    "catalogue|acme",
                    seq,
                    1,
                    decision instanceof Decision.Repeated<CatalogueEvent>))));
  }
}
