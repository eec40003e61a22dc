package witan.actors.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.actors.spi.Entities;
import witan.codec.hash.Hashes;
import witan.domain.api.Answer;
import witan.domain.api.LoggedCase;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.detection.AlertSignature;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.signing.AlertSignatures;

/**
 * Opens the case in which what another one was about is voted on anew, with the same alerts. Its id
 * follows from the first case's: whoever does it again changes nothing. Thread-safe.
 */
final class Reopening {
  private static final int ALERTS = 50;
  private static final int CHARS = 32 << 10;

  private final Entities entities;

  Reopening(Entities entities) {
    this.entities = entities;
  }

  /** The case after one whose targets drifted. */
  static CaseId drifted(CaseId caseId) {
    return after("drifted", caseId);
  }

  /** The case after one that is void. */
  static CaseId voided(CaseId caseId) {
    return after("void", caseId);
  }

  private static CaseId after(String why, CaseId caseId) {
    byte[] hash = Hashes.sha256(Hashes.utf8(why + " " + caseId));
    return new CaseId(Digest.of(hash).hex().substring(0, 32));
  }

  /** False where it does not answer yet, and has to be asked again. */
  CompletionStage<Boolean> open(LoggedCase logged, CaseId next) {
    String council = String.valueOf(logged.state().councilId());
    List<CaseCommand.ReopenCase.Seen> alerts = new ArrayList<>();
    logged
        .events()
        .forEach(
            event -> {
              if (event.event() instanceof CaseEvent.AlertRecorded e) {
                alerts.add(new CaseCommand.ReopenCase.Seen(e.alert(), e.raw(), word(council, e)));
              }
            });
    CaseId before = Objects.requireNonNull(logged.state().caseId());
    int first = first(alerts);
    List<CaseCommand> commands = new ArrayList<>();
    commands.add(new CaseCommand.ReopenCase(next, before, council, alerts.subList(0, first)));
    alerts.stream()
        .skip(first)
        .forEach(
            a ->
                commands.add(
                    new CaseCommand.RecordAlert(
                        next, council, a.alert(), a.raw(), a.signed(), null)));
    CompletionStage<Boolean> sent = CompletableFuture.completedFuture(true);
    for (CaseCommand command : commands) {
      sent =
          sent.thenCompose(
              ok -> ok ? send(next, command) : CompletableFuture.completedFuture(false));
    }
    return sent;
  }

  /** A case may be void for what its node wrote: a forged signature must not stop the next one. */
  private static @Nullable AlertSignature word(String council, CaseEvent.AlertRecorded e) {
    AlertSignature signed = e.signed();
    return signed != null && AlertSignatures.signed(council, e.alert(), signed) ? signed : null;
  }

  /** As many as one append holds; at least one, which was recorded in one append before. */
  private static int first(List<CaseCommand.ReopenCase.Seen> alerts) {
    int count = 0;
    for (int chars = 0; count < Math.min(ALERTS, alerts.size()); count++) {
      chars += alerts.get(count).raw().length();
      if (count > 0 && chars > CHARS) {
        break;
      }
    }
    return count;
  }

  /** What is refused there (it is decided already) is no reason to keep the first case open. */
  private CompletionStage<Boolean> send(CaseId next, CaseCommand command) {
    return entities.toCase(next, command).thenApply(answer -> !(answer instanceof Answer.Busy));
  }
}
