package witan.actors.settlement;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.spi.ContentStore;
import witan.actors.spi.Entities;
import witan.actors.spi.EntryLog;
import witan.actors.spi.StoredEntry;
import witan.actors.view.CaseLog;
import witan.actors.view.EntryDecoder;
import witan.actors.view.RegistryLog;
import witan.codec.content.ElectorateJson;
import witan.codec.entry.Entry;
import witan.codec.event.Family;
import witan.domain.api.Answer;
import witan.domain.api.LoggedCase;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Receipt;
import witan.domain.common.Aggregate;
import witan.domain.common.CaseId;
import witan.domain.governance.Electorate;
import witan.domain.governance.Urgency;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Voting;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryLimits;
import witan.domain.registry.RegistryState;
import witan.domain.settlement.BondSettlement;
import witan.domain.settlement.Duty;
import witan.domain.stake.Attendance;

/**
 * Settles one sealed case with the registry: its bond, then the absences, in parts. Every command
 * is a function of the log alone and the registry takes each once, by case and part: stopped
 * anywhere, and done again from the start by this node or another, nothing is slashed twice and
 * nothing forgotten. Thread-safe.
 */
public final class CaseSettlement {
  private static final Logger LOG = LoggerFactory.getLogger(CaseSettlement.class);

  /** Alerts are not needed, and their keys may have been destroyed. */
  private static final String ALERT = CaseEvent.AlertRecorded.class.getSimpleName();

  /** A refusal within this time of the end may be the registry's clock that is behind. */
  private static final Duration CLOCKS = Duration.ofMinutes(1);

  private final EntryLog log;
  private final EntryDecoder decoder;
  private final Aggregate<CaseState, CaseCommand, CaseEvent> cases;
  private final RegistryLog registry;
  private final ContentStore content;
  private final Entities entities;
  private final InstantSource clock;

  public CaseSettlement(
      EntryLog log,
      EntryDecoder decoder,
      Aggregate<CaseState, CaseCommand, CaseEvent> cases,
      RegistryLog registry,
      ContentStore content,
      Entities entities,
      InstantSource clock) {
    this.log = log;
    this.decoder = decoder;
    this.cases = cases;
    this.registry = registry;
    this.content = content;
    this.entities = entities;
    this.clock = clock;
  }

  /** Completes when all of it is in the log; fails where it has to be tried again. */
  public CompletionStage<Void> settle(CaseId caseId) {
    return read(Family.CASE.pid(caseId), 1, new LoggedCase(cases.empty(), 0, List.of()))
        .thenCompose(
            ended -> bond(caseId, ended.state()).thenCompose(done -> absences(caseId, ended)));
  }

  private CompletionStage<LoggedCase> read(String pid, long fromSeq, LoggedCase before) {
    return log.ofPid(pid, fromSeq)
        .thenCompose(
            page ->
                page.isEmpty()
                    ? CompletableFuture.completedFuture(before)
                    : decoder
                        .decode(page.stream().filter(CaseSettlement::isRead).toList())
                        .thenCompose(
                            events -> read(pid, fromSeq + page.size(), fold(before, events))));
  }

  private static boolean isRead(StoredEntry stored) {
    return !Entry.parse(stored.entry()).type().equals(ALERT);
  }

  private LoggedCase fold(LoggedCase before, List<LoggedEvent> events) {
    CaseState state = before.state();
    long index = before.index();
    for (LoggedEvent event : events) {
      state = cases.apply(state, CaseLog.meaning(event, CaseEvent.class));
      index = event.index();
    }
    List<LoggedEvent> all = new ArrayList<>(before.events());
    all.addAll(events);
    return new LoggedCase(state, index, all);
  }

  private CompletionStage<Void> bond(CaseId caseId, CaseState sealed) {
    Voting voting = sealed.voting();
    if (voting != null && voting.policy().bond().signum() == 0) {
      return done();
    }
    return registry
        .current()
        .thenCompose(
            council ->
                council.isPresent() && council.get().ledger().bonds().containsKey(caseId)
                    ? send(
                        sealed,
                        new RegistryCommand.SettleBond(caseId, BondSettlement.of(sealed)),
                        caseId)
                    : done());
  }

  private CompletionStage<Void> absences(CaseId caseId, LoggedCase ended) {
    Voting voting = ended.state().voting();
    if (voting == null || !Duty.ranToDeadline(ended.state())) {
      return done();
    }
    return content
        .get(voting.content().snapshotDigest())
        .thenApply(
            json ->
                ElectorateJson.read(
                    json.orElseThrow(() -> new IllegalStateException("no snapshot"))))
        .thenCompose(
            electorate ->
                electorate.urgency() == Urgency.URGENT
                    ? absences(caseId, ended, voting, electorate)
                    : done());
  }

  private CompletionStage<Void> absences(
      CaseId caseId, LoggedCase ended, Voting voting, Electorate electorate) {
    CaseState sealed = ended.state();
    return registry
        .before(ended.index())
        .thenCompose(
            history -> {
              RegistryState council =
                  ended.registryAtOpening(
                      history.orElseThrow(
                          () -> new IllegalStateException("not read up to " + ended.index())));
              List<Attendance> all = Duty.absences(sealed, electorate, council);
              CompletionStage<Void> sent = done();
              for (int from = 0; from < all.size(); from += RegistryLimits.MAX_LINES) {
                int to = Math.min(all.size(), from + RegistryLimits.MAX_LINES);
                RegistryCommand part =
                    new RegistryCommand.SettleAbsences(
                        caseId,
                        from / RegistryLimits.MAX_LINES,
                        electorate.urgency(),
                        voting.opensAt(),
                        voting.deadline(),
                        all.subList(from, to));
                sent = sent.thenCompose(before -> send(sealed, part, caseId));
              }
              return sent;
            });
  }

  private CompletionStage<Void> send(CaseState sealed, RegistryCommand command, CaseId caseId) {
    return entities
        .toRegistry(String.valueOf(sealed.councilId()), command)
        .thenApply(
            answer -> {
              require(sealed, caseId, answer);
              return null;
            });
  }

  private void require(CaseState sealed, CaseId caseId, Answer<Receipt> answer) {
    if (answer instanceof Answer.Done<Receipt>) {
      return;
    }
    if (answer instanceof Answer.Declined<Receipt> declined && longOver(sealed)) {
      // The rules refuse it, and will again: the others are not kept waiting.
      LOG.error("ALARM, case {} cannot be settled: {}", caseId, declined.refusal());
      return;
    }
    throw new IllegalStateException("case " + caseId + " is not settled yet: " + answer);
  }

  private boolean longOver(CaseState sealed) {
    Voting voting = sealed.voting();
    Instant over = voting == null ? Instant.MIN : voting.deadline().plus(CLOCKS);
    return clock.instant().isAfter(over);
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedFuture(null);
  }
}
