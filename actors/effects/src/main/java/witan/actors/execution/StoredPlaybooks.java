package witan.actors.execution;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.planning.PlaybookSteps;
import witan.actors.spi.ContentStore;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.playbook.Playbook;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Who;

/** Playbooks of the content store, and what they plan. Thread-safe. */
public final class StoredPlaybooks {
  private final ContentStore content;
  private final PlaybookSteps playbooks;

  public StoredPlaybooks(ContentStore content, PlaybookSteps playbooks) {
    this.content = content;
    this.playbooks = playbooks;
  }

  /** The playbook and those that it calls, as far as they are there. */
  CompletionStage<Map<Digest, byte[]>> fetch(Digest digest) {
    return fetch(digest, Map.of(), 1);
  }

  private CompletionStage<Map<Digest, byte[]>> fetch(
      Digest digest, Map<Digest, byte[]> found, int depth) {
    if (found.containsKey(digest) || depth > Playbook.MAX_DEPTH) {
      return CompletableFuture.completedFuture(found);
    }
    return content
        .get(digest)
        .thenCompose(
            document -> {
              Map<Digest, byte[]> all = new LinkedHashMap<>(found);
              document.ifPresent(bytes -> all.put(digest, bytes));
              CompletionStage<Map<Digest, byte[]>> next = CompletableFuture.completedFuture(all);
              for (Digest call : document.map(this::calls).orElse(Set.of())) {
                next = next.thenCompose(so -> fetch(call, so, depth + 1));
              }
              return next;
            });
  }

  /** One that cannot be read is judged later, when it is known whether it was voted on. */
  private Set<Digest> calls(byte[] document) {
    try {
      return playbooks.calls(document);
    } catch (IllegalArgumentException e) {
      return Set.of();
    }
  }

  /**
   * What the option does.
   *
   * @param documents of {@link #fetch} for its playbook
   */
  Clearance plan(ResponseOption option, Map<Digest, byte[]> documents) {
    for (Map.Entry<Digest, byte[]> document : documents.entrySet()) {
      if (!playbooks.digest(document.getValue()).equals(document.getKey())) {
        return new Clearance.Refuse("wrong_playbook", "the playbook is not the one voted on");
      }
    }
    byte[] playbook = documents.get(option.playbookDigest());
    if (playbook == null) {
      return new Clearance.Wait(
          new Reason(
              WaitCode.CONTENT_MISSING,
              "the playbook is not in the content store yet",
              Who.NOBODY));
    }
    try {
      return new Clearance.Ready(playbooks.plan(playbook, option, documents));
    } catch (IllegalArgumentException e) {
      return new Clearance.Refuse("playbook_invalid", String.valueOf(e.getMessage()));
    }
  }
}
