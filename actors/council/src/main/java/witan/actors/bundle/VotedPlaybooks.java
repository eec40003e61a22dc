package witan.actors.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import witan.actors.spi.ContentStore;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.codec.playbook.PlaybookDigest;
import witan.domain.api.Playbooks;
import witan.domain.common.Digest;
import witan.domain.playbook.Parsed;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.PlaybookParser;

/** The playbooks of a proposal's options, and those that they call: a plan is made of them all. */
record VotedPlaybooks(Playbooks playbooks, ContentStore content) {

  CompletionStage<List<byte[]>> of(List<Digest> voted) {
    return BundleLines.inOrder(voted, this::signed).thenCompose(books -> withCalled(books, 1));
  }

  private CompletionStage<List<byte[]>> withCalled(List<byte[]> books, int depth) {
    Set<Digest> known = new LinkedHashSet<>();
    Set<Digest> called = new LinkedHashSet<>();
    for (byte[] book : books) {
      JsonNode document = Json.parse(book, Limits.DEFAULT);
      known.add(PlaybookDigest.of(document));
      if (PlaybookParser.parse(Json.toTree(document)) instanceof Parsed.Accepted accepted) {
        called.addAll(accepted.playbook().calls());
      }
    }
    called.removeAll(known);
    if (called.isEmpty() || depth > Playbook.MAX_DEPTH) {
      return CompletableFuture.completedFuture(books);
    }
    return BundleLines.inOrder(List.copyOf(called), this::called)
        .thenCompose(
            more -> withCalled(Stream.concat(books.stream(), more.stream()).toList(), depth + 1));
  }

  /** A policy may ask for signatures, which are no part of the content. */
  private CompletionStage<byte[]> signed(Digest playbook) {
    return playbooks
        .signed(playbook)
        .thenApply(
            found -> found.orElseThrow(() -> BundleExporter.missing("playbook " + playbook)));
  }

  /** Nobody asks for signatures of these. */
  private CompletionStage<byte[]> called(Digest playbook) {
    return content
        .get(playbook)
        .thenApply(
            found -> found.orElseThrow(() -> BundleExporter.missing("playbook " + playbook)));
  }
}
