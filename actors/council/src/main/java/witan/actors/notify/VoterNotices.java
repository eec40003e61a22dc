package witan.actors.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.spi.ContentStore;
import witan.actors.spi.Driver;
import witan.actors.spi.Entities;
import witan.codec.content.ElectorateJson;
import witan.codec.hash.Hashes;
import witan.domain.api.Answer;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Elector;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Notice;
import witan.domain.proposal.Phase;
import witan.domain.proposal.Voting;

/**
 * Tells the electors of an open vote that have a webhook, in rounds, until the vote is decided, and
 * has the receipts logged in the case. Thread-safe; one per node.
 *
 * <p>Nothing is kept: who has no receipt in the log is told. So a node that takes over a case goes
 * on where the log ends; a crash between a delivery and the logging of its receipt means that this
 * voter is told once more, under the same id.
 */
public final class VoterNotices implements Driver<CaseState> {
  private static final Logger LOG = LoggerFactory.getLogger(VoterNotices.class);

  private final WebhookSettings settings;
  private final WebhookSender sender;
  private final ContentStore content;
  private final Entities entities;
  private final Map<CaseId, Round> rounds = new ConcurrentHashMap<>();

  /**
   * Of one case, on this node.
   *
   * @param failed how many rounds in a row left somebody without a receipt
   * @param next when the next may begin; null while one is under way
   * @param ends when it can be forgotten
   */
  private record Round(int failed, @Nullable Instant next, Instant ends) {}

  public VoterNotices(
      WebhookSettings settings, WebhookSender sender, ContentStore content, Entities entities) {
    this.settings = settings;
    this.sender = sender;
    this.content = content;
    this.entities = entities;
  }

  /** Begins a round if one is due. */
  @Override
  public Optional<Duration> drive(String entityId, CaseState logged, Instant now) {
    CaseId caseId = logged.caseId();
    if (caseId == null) {
      return Optional.empty();
    }
    Voting voting = logged.voting();
    Set<String> waiting = new TreeSet<>(settings.webhooks().keySet());
    if (voting != null) {
      waiting.removeAll(voting.notices().keySet());
    }
    if (voting == null
        || waiting.isEmpty()
        || logged.phase() != Phase.VOTING
        || !now.isBefore(voting.deadline())) {
      rounds.remove(caseId);
      return Optional.empty();
    }
    Round last = rounds.get(caseId);
    if (last != null && last.next() == null) {
      return Optional.of(settings.firstPause());
    }
    if (last != null && now.isBefore(last.next())) {
      return Optional.of(Duration.between(now, last.next()));
    }
    rounds.values().removeIf(round -> round.ends().isBefore(now));
    int failed = last == null ? 0 : last.failed();
    // It may end before this returns, so what it leaves behind must not be written over.
    rounds.put(caseId, new Round(failed, null, voting.deadline()));
    round(caseId, logged, voting, waiting)
        .whenComplete(
            (all, failure) -> {
              if (failure != null) {
                LOG.warn("case {}: voters will be told again", caseId, failure);
              }
              int failures = failure == null && all ? 0 : failed + 1;
              rounds.computeIfPresent(
                  caseId,
                  (id, round) -> new Round(failures, now.plus(pause(failures)), voting.deadline()));
            });
    return Optional.of(settings.firstPause());
  }

  private Duration pause(int failures) {
    Duration pause = settings.firstPause();
    for (int i = 1; i < failures && pause.compareTo(settings.longestPause()) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(settings.longestPause()) > 0 ? settings.longestPause() : pause;
  }

  /** True when everybody who is an elector took the message, and all receipts are logged. */
  private CompletionStage<Boolean> round(
      CaseId caseId, CaseState logged, Voting voting, Set<String> waiting) {
    return content
        .get(voting.content().snapshotDigest())
        .thenCompose(
            json -> {
              Set<String> electors =
                  ElectorateJson.read(
                          json.orElseThrow(() -> new IllegalStateException("no snapshot")))
                      .electors()
                      .stream()
                      .map(Elector::member)
                      .collect(Collectors.toSet());
              waiting.retainAll(electors);
              Queue<Notice> receipts = new ConcurrentLinkedQueue<>();
              return CompletableFuture.allOf(lanes(caseId, logged, voting, waiting, receipts))
                  .thenCompose(done -> log(caseId, List.copyOf(receipts)))
                  .thenApply(stored -> stored && receipts.size() == waiting.size());
            });
  }

  /** Side by side; in each lane one delivery after the other. */
  private CompletableFuture<?>[] lanes(
      CaseId caseId, CaseState logged, Voting voting, Set<String> waiting, Queue<Notice> receipts) {
    int count = Math.min(settings.concurrent(), waiting.size());
    List<CompletionStage<Void>> lanes =
        new ArrayList<>(Collections.nCopies(count, CompletableFuture.completedFuture(null)));
    int next = 0;
    for (String member : waiting) {
      int lane = next++ % count;
      lanes.set(
          lane,
          lanes.get(lane).thenCompose(before -> deliver(caseId, logged, voting, member, receipts)));
    }
    return lanes.stream()
        .map(CompletionStage::toCompletableFuture)
        .toArray(CompletableFuture[]::new);
  }

  private CompletionStage<Void> deliver(
      CaseId caseId, CaseState logged, Voting voting, String member, Queue<Notice> receipts) {
    WebhookSettings.Webhook to = Objects.requireNonNull(settings.webhooks().get(member), member);
    byte[] body = VoteMessage.json(caseId, logged, voting, member, settings.baseUrl());
    return sender
        .deliver(to, VoteMessage.id(caseId, member), body)
        .thenAccept(
            taken -> {
              if (taken) {
                receipts.add(
                    new Notice(
                        member, Notice.Channel.WEBHOOK, Digest.of(Hashes.sha256(body)), null));
              }
            });
  }

  /** A round's receipts go together, so that they make few entries. */
  private CompletionStage<Boolean> log(CaseId caseId, List<Notice> receipts) {
    CompletionStage<Boolean> stored = CompletableFuture.completedFuture(true);
    int most = CaseCommand.RecordNotices.MAX_NOTICES;
    for (int from = 0; from < receipts.size(); from += most) {
      List<Notice> part = receipts.subList(from, Math.min(receipts.size(), from + most));
      stored =
          stored.thenCompose(
              before ->
                  entities
                      .toCase(caseId, new CaseCommand.RecordNotices(part))
                      .thenApply(answer -> before && answer instanceof Answer.Done));
    }
    return stored;
  }
}
