package witan.actors.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.spi.Entities;
import witan.domain.api.Answer;
import witan.domain.api.Intake;
import witan.domain.api.IntakeOutcome;
import witan.domain.api.Intaken;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.correlation.CorrelationAnswer;
import witan.domain.correlation.CorrelationCommand;
import witan.domain.correlation.Fingerprint;
import witan.domain.detection.Alert;
import witan.domain.detection.Normalised;
import witan.domain.intake.IntakeCommand;
import witan.domain.proposal.CaseCommand;
import witan.domain.spi.ContentHasher;

/**
 * Takes alerts: correlation, then the case, then the settling of the assignment. Killed anywhere,
 * the sensor's retry ends in the same case: the assignment is persisted first and forwarded again
 * until the case has the alert, and the case takes each alert once. Thread-safe.
 */
public final class IntakeService implements Intake {
  private static final Logger LOG = LoggerFactory.getLogger(IntakeService.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** Refusals by which a case says that it takes no more alerts, ever. */
  private static final Set<String> FULL_STOP = Set.of("case_closed", "case_full");

  private final Correlations correlations;
  private final Entities entities;
  private final ContentHasher hasher;
  private final String councilId;
  private final int maxRounds;

  /**
   * One per node.
   *
   * @param maxRounds how often an alert is correlated again after a case refused it as closed
   */
  public IntakeService(
      Correlations correlations,
      Entities entities,
      ContentHasher hasher,
      String councilId,
      int maxRounds) {
    this.correlations = correlations;
    this.entities = entities;
    this.hasher = hasher;
    this.councilId = councilId;
    this.maxRounds = maxRounds;
  }

  @Override
  public CompletionStage<Answer<Intaken>> take(Normalised normalised, String raw) {
    CompletionStage<Answer<Intaken>> taken;
    if (normalised instanceof Normalised.Finding finding) {
      taken = correlate(finding.alert(), raw, 1);
    } else if (normalised instanceof Normalised.NotAFinding other) {
      taken = record(other, raw);
    } else {
      Normalised.Unreadable unreadable = (Normalised.Unreadable) normalised;
      taken = done(new Answer.Declined<>(unreadable.refusal()));
    }
    return taken.exceptionally(
        failure -> {
          LOG.warn("an alert was not taken", failure);
          return new Answer.Busy<>(failure.toString(), RETRY_AFTER);
        });
  }

  private CompletionStage<Answer<Intaken>> record(Normalised.NotAFinding other, String raw) {
    Alert alert = other.alert();
    return entities
        .toIntake(alert.sensor(), new IntakeCommand.RecordNonFinding(alert, other.reason(), raw))
        .thenApply(
            answer ->
                map(
                    answer,
                    receipt ->
                        new Intaken(alert.alertId(), IntakeOutcome.RECORDED, null, receipt)));
  }

  private CompletionStage<Answer<Intaken>> correlate(Alert alert, String raw, int round) {
    return ask(
            alert,
            new CorrelationCommand.Correlate(
                alert.key(),
                Fingerprint.of(alert, hasher),
                alert.severity(),
                alert.ingestedAt(),
                caseIdFor(alert)))
        .thenCompose(
            answer -> {
              if (answer instanceof CorrelationAnswer.Forward forward) {
                return forward(alert, raw, forward, round);
              }
              if (answer instanceof CorrelationAnswer.Duplicate duplicate) {
                return duplicate(alert, raw, duplicate.caseId());
              }
              if (answer instanceof CorrelationAnswer.Refused refused) {
                return done(new Answer.Busy<>(refused.refusal().message(), RETRY_AFTER));
              }
              throw new IllegalStateException("no answer to Correlate: " + answer);
            });
  }

  private CompletionStage<Answer<Intaken>> forward(
      Alert alert, String raw, CorrelationAnswer.Forward forward, int round) {
    return toCase(alert, raw, forward.caseId())
        .thenCompose(
            answer -> {
              if (answer instanceof Answer.Done<Receipt> logged) {
                IntakeOutcome outcome =
                    forward.opened() ? IntakeOutcome.OPENED : IntakeOutcome.JOINED;
                return settle(alert, forward.caseId(), outcome, logged.value());
              }
              boolean refused =
                  answer instanceof Answer.Declined<Receipt> declined
                      && FULL_STOP.contains(declined.refusal().code());
              return refused ? release(alert, raw, round) : done(map(answer, IntakeService::never));
            });
  }

  /** The case has it: an answer that is lost here only costs a second forwarding. */
  private CompletionStage<Answer<Intaken>> settle(
      Alert alert, CaseId caseId, IntakeOutcome outcome, Receipt receipt) {
    IntakeOutcome told = receipt.repeated() ? IntakeOutcome.DUPLICATE : outcome;
    Answer<Intaken> taken = new Answer.Done<>(new Intaken(alert.alertId(), told, caseId, receipt));
    return ask(alert, new CorrelationCommand.Settle(alert.key()))
        .handle((settled, failure) -> taken);
  }

  private CompletionStage<Answer<Intaken>> release(Alert alert, String raw, int round) {
    if (round >= maxRounds) {
      return done(new Answer.Busy<>("every case closed before the alert came", RETRY_AFTER));
    }
    return ask(alert, new CorrelationCommand.Release(alert.key()))
        .thenCompose(released -> correlate(alert, raw, round + 1));
  }

  /** Writes nothing: the case answers where it has the alert. */
  private CompletionStage<Answer<Intaken>> duplicate(Alert alert, String raw, CaseId caseId) {
    return toCase(alert, raw, caseId)
        .thenApply(
            answer ->
                map(
                    answer,
                    receipt ->
                        new Intaken(alert.alertId(), IntakeOutcome.DUPLICATE, caseId, receipt)));
  }

  private CompletionStage<CorrelationAnswer> ask(Alert alert, CorrelationCommand command) {
    return correlations.ask(alert.resource().correlationKey(), command);
  }

  private CompletionStage<Answer<Receipt>> toCase(Alert alert, String raw, CaseId caseId) {
    return entities.toCase(caseId, new CaseCommand.RecordAlert(caseId, councilId, alert, raw));
  }

  /** A function of the alert's identity: retries, on whatever node, propose the same case. */
  CaseId caseIdFor(Alert alert) {
    String identity =
        councilId + "\n" + alert.sensor().length() + "\n" + alert.sensor() + "\n" + alert.alertId();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return new CaseId("c-" + HexFormat.of().formatHex(digest, 0, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Answer<Intaken> map(Answer<Receipt> answer, Function<Receipt, Intaken> done) {
    if (answer instanceof Answer.Done<Receipt> ok) {
      return new Answer.Done<>(done.apply(ok.value()));
    }
    if (answer instanceof Answer.Declined<Receipt> declined) {
      return new Answer.Declined<>(declined.refusal());
    }
    Answer.Busy<Receipt> busy = (Answer.Busy<Receipt>) answer;
    return new Answer.Busy<>(busy.reason(), busy.retryAfter());
  }

  private static Intaken never(Receipt receipt) {
    throw new IllegalStateException("a logged alert was taken for a refused one: " + receipt);
  }

  private static CompletionStage<Answer<Intaken>> done(Answer<Intaken> answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
