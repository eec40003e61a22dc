package witan.actors.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.spi.Entities;
import witan.codec.event.Family;
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
import witan.domain.detection.AlertSignature;
import witan.domain.detection.Normalised;
import witan.domain.detection.SuppressionRule;
import witan.domain.intake.IntakeCommand;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.ContentHasher;
import witan.domain.response.ResponseRules;
import witan.signing.AlertSignatures;

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
  private final IntakeRules rules;
  private final Suppressions suppressions;
  private final RefusalCounts refusals;
  private final Links links;
  private final Turns turns = new Turns();

  /** By the rules that come with the product. */
  public IntakeService(
      Correlations correlations,
      Entities entities,
      ContentHasher hasher,
      String councilId,
      int maxRounds) {
    this(correlations, entities, hasher, councilId, maxRounds, IntakeRules.shipped());
  }

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
      int maxRounds,
      IntakeRules rules) {
    this.correlations = correlations;
    this.entities = entities;
    this.hasher = hasher;
    this.councilId = councilId;
    this.maxRounds = maxRounds;
    this.rules = rules;
    this.suppressions = new Suppressions(entities);
    this.refusals = new RefusalCounts(entities);
    this.links = new Links(correlations);
  }

  @Override
  public CompletionStage<Answer<Intaken>> take(
      Normalised normalised, String raw, @Nullable AlertSignature signed) {
    CompletionStage<Answer<Intaken>> taken;
    if (normalised instanceof Normalised.Finding finding) {
      taken = take(new Sent(finding.alert(), raw, signed));
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

  /** An alert as its sensor sent it. */
  private record Sent(Alert alert, String raw, @Nullable AlertSignature signed) {}

  /** A forged one is declined here, before it is assigned to a case that would refuse it. */
  private CompletionStage<Answer<Intaken>> take(Sent sent) {
    AlertSignature signed = sent.signed();
    if (signed != null && !AlertSignatures.signed(councilId, sent.alert(), signed)) {
      return done(new Answer.Declined<>(signed.refused(sent.alert())));
    }
    Optional<SuppressionRule> rule = rules.suppression().of(sent.alert());
    return rule.isPresent() ? suppress(sent.alert(), rule.get()) : correlate(sent, 1);
  }

  @Override
  public void refused(String sensor, String code) {
    refusals.add(sensor, code);
  }

  /** Logs the refusals since the last time; to be called every minute or so. */
  public void logRefusals(Instant now) {
    refusals.log(now.truncatedTo(ChronoUnit.MILLIS));
  }

  @Override
  public Optional<ResponseRules.Evaluation> evaluate(List<Alert> alerts) {
    return Optional.of(rules.response().evaluate(alerts));
  }

  @Override
  public CompletionStage<List<Related>> related(CaseId of, List<Alert> alerts) {
    return links.related(of, alerts);
  }

  private CompletionStage<Answer<Intaken>> suppress(Alert alert, SuppressionRule rule) {
    return suppressions
        .count(
            new Suppressions.Finding(
                alert.sensor(),
                rule.id(),
                rules.suppression().version(),
                Fingerprint.of(alert, hasher)),
            new IntakeCommand.Suppressed(hasher.text(alert.key()), alert.at()))
        .thenApply(
            answer ->
                map(
                    answer,
                    receipt ->
                        new Intaken(
                            alert.alertId(),
                            receipt.repeated() ? IntakeOutcome.DUPLICATE : IntakeOutcome.SUPPRESSED,
                            null,
                            receipt)));
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
                        new Intaken(
                            alert.alertId(),
                            receipt.repeated() ? IntakeOutcome.DUPLICATE : IntakeOutcome.RECORDED,
                            null,
                            receipt)));
  }

  private CompletionStage<Answer<Intaken>> correlate(Sent sent, int round) {
    Alert alert = sent.alert();
    CompletionStage<CorrelationAnswer> asked =
        ask(
            alert,
            new CorrelationCommand.Correlate(
                alert.key(),
                Fingerprint.of(alert, hasher),
                alert.severity(),
                alert.ingestedAt(),
                caseIdFor(alert)));
    // The alerts of one stream about one resource reach their case in the stream's order.
    return turns.handOver(
        alert.resource().correlationKey(),
        asked,
        answer -> {
          if (answer instanceof CorrelationAnswer.Forward forward) {
            return forward(sent, forward, round);
          }
          if (answer instanceof CorrelationAnswer.Duplicate duplicate) {
            return done(duplicate(alert, duplicate));
          }
          if (answer instanceof CorrelationAnswer.Refused refused) {
            return done(new Answer.Busy<>(refused.refusal().message(), RETRY_AFTER));
          }
          throw new IllegalStateException("no answer to Correlate: " + answer);
        });
  }

  private CompletionStage<Answer<Intaken>> forward(
      Sent sent, CorrelationAnswer.Forward forward, int round) {
    return toCase(sent, forward.caseId(), forward.follows())
        .thenCompose(
            answer -> {
              if (answer instanceof Answer.Done<Receipt> logged) {
                IntakeOutcome outcome =
                    forward.opened() ? IntakeOutcome.OPENED : IntakeOutcome.JOINED;
                return done(settle(sent.alert(), forward, outcome, logged.value()));
              }
              boolean refused =
                  answer instanceof Answer.Declined<Receipt> declined
                      && FULL_STOP.contains(declined.refusal().code());
              return refused ? release(sent, round) : done(map(answer, IntakeService::never));
            });
  }

  /**
   * The case has it, and that is what the sensor waits for: a settlement that is lost only costs a
   * second forwarding.
   */
  private Answer<Intaken> settle(
      Alert alert, CorrelationAnswer.Forward forward, IntakeOutcome outcome, Receipt receipt) {
    IntakeOutcome told = receipt.repeated() ? IntakeOutcome.DUPLICATE : outcome;
    Answer<Intaken> taken =
        new Answer.Done<>(
            new Intaken(
                alert.alertId(),
                told,
                forward.caseId(),
                forward.opened() ? forward.follows() : null,
                receipt));
    links.link(alert, forward.caseId());
    ask(alert, new CorrelationCommand.Settle(alert.key(), receipt.seq(), receipt.index()))
        .exceptionally(
            failure -> {
              LOG.debug("{} was not settled", alert.key(), failure);
              return new CorrelationAnswer.Noted(List.of());
            });
    return taken;
  }

  private CompletionStage<Answer<Intaken>> release(Sent sent, int round) {
    if (round >= maxRounds) {
      return done(new Answer.Busy<>("every case closed before the alert came", RETRY_AFTER));
    }
    return ask(sent.alert(), new CorrelationCommand.Release(sent.alert().key()))
        .thenCompose(released -> correlate(sent, round + 1));
  }

  /** Writes nothing and wakes no case. */
  private static Answer<Intaken> duplicate(Alert alert, CorrelationAnswer.Duplicate duplicate) {
    CaseId caseId = duplicate.caseId();
    Receipt receipt =
        new Receipt(Family.CASE.pid(caseId), duplicate.seq(), duplicate.index(), true);
    return new Answer.Done<>(
        new Intaken(alert.alertId(), IntakeOutcome.DUPLICATE, caseId, receipt));
  }

  private CompletionStage<CorrelationAnswer> ask(Alert alert, CorrelationCommand command) {
    return correlations.ask(alert.resource().correlationKey(), command);
  }

  private CompletionStage<Answer<Receipt>> toCase(
      Sent sent, CaseId caseId, @Nullable CaseId follows) {
    return entities.toCase(
        caseId,
        new CaseCommand.RecordAlert(
            caseId, councilId, sent.alert(), sent.raw(), sent.signed(), follows));
  }

  /** A function of the alert's identity: retries, on whatever node, propose the same case. */
  CaseId caseIdFor(Alert alert) {
    String identity =
        councilId + "\n" + alert.sensor().length() + "\n" + alert.sensor() + "\n" + alert.alertId();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return new CaseId("c-" + HexFormat.of().formatHex(digest, 0, 16));
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
