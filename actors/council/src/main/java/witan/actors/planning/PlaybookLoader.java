package witan.actors.planning;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.api.Playbooks;
import witan.domain.common.Digest;
import witan.domain.playbook.Parsed;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.PlaybookParser;

/** Reads a playbook together with those that it calls. Thread-safe. */
final class PlaybookLoader {
  private final Playbooks playbooks;

  PlaybookLoader(Playbooks playbooks) {
    this.playbooks = playbooks;
  }

  /**
   * A playbook as its bytes and as what they mean.
   *
   * @param unsigned canonical JSON without signatures
   */
  @SuppressWarnings("ArrayRecordComponent") // not copied; nobody writes to it
  record Loaded(byte[] unsigned, Playbook playbook) {}

  /** All the way down, by digest; what is not there or not to be run is left out. */
  CompletionStage<Map<Digest, Loaded>> load(Digest digest) {
    return load(digest, new LinkedHashMap<>(), 1);
  }

  private CompletionStage<Map<Digest, Loaded>> load(
      Digest digest, Map<Digest, Loaded> found, int depth) {
    if (found.containsKey(digest) || depth > Playbook.MAX_DEPTH) {
      return CompletableFuture.completedFuture(found);
    }
    return playbooks
        .document(digest)
        .thenCompose(
            bytes -> {
              CompletionStage<Map<Digest, Loaded>> next = CompletableFuture.completedFuture(found);
              Optional<Loaded> loaded = bytes.flatMap(PlaybookLoader::parsed);
              if (loaded.isPresent()) {
                found.put(digest, loaded.get());
                for (Digest call : loaded.get().playbook().calls()) {
                  next = next.thenCompose(all -> load(call, all, depth + 1));
                }
              }
              return next;
            });
  }

  private static Optional<Loaded> parsed(byte[] unsigned) {
    return PlaybookParser.parse(Json.toTree(Json.parse(unsigned, Limits.DEFAULT)))
            instanceof Parsed.Accepted accepted
        ? Optional.of(new Loaded(unsigned, accepted.playbook()))
        : Optional.empty();
  }
}
