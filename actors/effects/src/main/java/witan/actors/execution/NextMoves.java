package witan.actors.execution;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.domain.api.LoggedCase;
import witan.domain.common.CaseId;
import witan.domain.execution.Attestation;
import witan.domain.execution.ChangePlan;
import witan.domain.execution.Move;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.NextWork;
import witan.domain.proposal.Phase;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.Voting;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Who;
import witan.evidence.Confirmations;

/**
 * What one life of an executor does next with a case as it was just read. The decision is checked
 * once a life, what a provisional containment stands on before each of its effects. One look at a
 * time.
 */
final class NextMoves {
  private static final Logger LOG = LoggerFactory.getLogger(NextMoves.class);

  /** Codes of {@link DecisionCheck}: the case node's forgery; a vote of which no order follows. */
  private static final Set<String> VOID = Set.of("forged_ballot", "old_rules");

  private final CaseId caseId;
  private final ExecutorTools tools;
  private final Reopening reopening;
  private final Executor threads;
  private volatile @Nullable PlannedWorkflow plan;

  /** Each move looks at every signature of the case. */
  private volatile @Nullable Attestation attestation;

  /** Whether the case that follows this one, which is void, is open. */
  private volatile boolean followed;

  /** Whether the decision was refused while effects of a provisional containment are there. */
  private volatile boolean refused;

  /**
   * Nothing is known of the case.
   *
   * @param threads where moves are made: answers come on the database's threads, which others wait
   *     for
   */
  NextMoves(CaseId caseId, ExecutorTools tools, Executor threads) {
    this.caseId = caseId;
    this.tools = tools;
    this.threads = threads;
    this.reopening = new Reopening(tools.entities());
  }

  CompletionStage<Move> of(LoggedCase logged) {
    return next(logged)
        .thenCompose(
            move -> move instanceof Move.Forged forged ? voided(logged, forged) : done(move));
  }

  /**
   * What is there is taken back first; then the case that follows opens; then this one may end, for
   * nobody looks at it after that. What a member has signed opens again only with that signature.
   */
  private CompletionStage<Move> voided(LoggedCase logged, Move.Forged forged) {
    CaseState state = logged.state();
    boolean waits = forged.next() instanceof Move.Later && !NextWork.containment(state);
    boolean last =
        waits || forged.next() instanceof Move.Tell || forged.next() instanceof Move.Over;
    if (!last || followed || state.proposed() != null) {
      return done(forged);
    }
    CaseId next = Reopening.voided(caseId);
    return reopening
        .open(logged, next)
        .thenApply(
            open -> {
              followed = open;
              return open
                  ? forged
                  : forged(forged.code(), forged.detail(), new Move.Later(unopened(next)));
            });
  }

  private static Reason unopened(CaseId next) {
    return new Reason(
        WaitCode.NEXT_CASE_UNOPENED,
        "case " + next + ", which follows, is not open yet",
        Who.COUNCIL);
  }

  /** What comes before a decision, and what is taken back after it, goes first. */
  private CompletionStage<Move> next(LoggedCase logged) {
    if (!contains(logged)) {
      return decided(logged);
    }
    return tools
        .containment()
        .next(logged, refused, attestation(logged))
        .thenComposeAsync(
            move ->
                move instanceof Move.Rest rest
                    ? decided(logged).thenApply(next -> next instanceof Move.Rest ? rest : next)
                    : done(move),
            threads);
  }

  private static boolean contains(LoggedCase logged) {
    return NextWork.containment(logged.state())
        && (logged.state().precautions().containment() != null
            || logged.snapshot().rule().givesOrders());
  }

  private CompletionStage<Move> decided(LoggedCase logged) {
    if (Move.rests(logged.state())) {
      return done(new Move.Rest());
    }
    PlannedWorkflow known = plan;
    if (known != null) {
      return go(logged, known);
    }
    return tools
        .check()
        .check(logged)
        .thenComposeAsync(
            clearance -> {
              if (clearance instanceof Clearance.Ready ready) {
                plan = ready.plan();
                return go(logged, ready.plan());
              }
              if (clearance instanceof Clearance.Refuse refuse) {
                return refused(logged, refuse);
              }
              return done(new Move.Later(((Clearance.Wait) clearance).why()));
            },
            threads);
  }

  private CompletionStage<Move> refused(LoggedCase logged, Clearance.Refuse refuse) {
    CompletionStage<Move> ended = ended(logged, refuse);
    return VOID.contains(refuse.code())
        ? ended.thenApply(move -> forged(refuse.code(), refuse.detail(), move))
        : ended;
  }

  /**
   * The case is ended where nothing was begun. Where an execution is logged whose decision nobody
   * can bear out, nothing is done and nothing is ended: a person must look.
   */
  private CompletionStage<Move> ended(LoggedCase logged, Clearance.Refuse refuse) {
    if (logged.state().phase() != Phase.APPROVED) {
      return done(
          new Move.Later(
              new Reason(
                  WaitCode.NOT_BORNE_OUT,
                  "ALARM, not borne out: " + refuse.code() + ": " + refuse.detail(),
                  Who.OPERATOR)));
    }
    LOG.error("case {}: execution refused: {}", caseId, refuse);
    return refuse(logged, new CaseCommand.RefuseExecution(refuse.code(), refuse.detail()));
  }

  private CompletionStage<Move> go(LoggedCase logged, PlannedWorkflow workflow) {
    Confirmations said = Confirmations.of(caseId, logged);
    if (said.size() == 0) {
      return go(logged, workflow, attestation(logged));
    }
    // The case was read before: what the registry recorded for it is there when the registry is.
    return tools
        .check()
        .council()
        .handleAsync(
            (council, failure) ->
                failure == null
                    ? go(logged, workflow, said.over(attestation(logged), council))
                    : done(
                        new Move.Later(
                            Unread.because(
                                "the registry does not bear out what members said", failure))),
            threads)
        .thenCompose(move -> move);
  }

  private CompletionStage<Move> go(
      LoggedCase logged, PlannedWorkflow workflow, Attestation attestation) {
    Move move = Move.next(logged.state(), workflow, attestation, tools.clock().instant());
    return move instanceof Move.Forged forged
        ? settled(logged, workflow, forged.next())
            .thenApply(next -> forged(forged.code(), forged.detail(), next))
        : settled(logged, workflow, move);
  }

  private static Move forged(String code, String detail, Move next) {
    return next instanceof Move.Forged ? next : new Move.Forged(code, detail, next);
  }

  /** With what has to be looked up for it. */
  private CompletionStage<Move> settled(LoggedCase logged, PlannedWorkflow workflow, Move move) {
    if (move instanceof Move.Start) {
      return start(logged, workflow);
    }
    if (move instanceof Move.End end) {
      CaseCommand last = new CaseCommand.EndExecution(end.outcome(), end.detail());
      return tools.drift().after(logged).thenApply(due -> new Move.Tell(due.orElse(last)));
    }
    return move instanceof Move.Tell tell
            && tell.command() instanceof CaseCommand.RefuseExecution refusal
        ? refuse(logged, refusal)
        : done(move);
  }

  private CompletionStage<Move> start(LoggedCase logged, PlannedWorkflow workflow) {
    Voting voting = Objects.requireNonNull(logged.state().voting());
    if (voting.content().kind() != ProposalKind.INCIDENT) {
      return done(
          new Move.Tell(new CaseCommand.StartExecution(ChangePlan.ADAPTER, workflow.order())));
    }
    return tools.drift().before(caseId, logged, workflow).thenCompose(due -> due(logged, due));
  }

  private CompletionStage<Move> due(LoggedCase logged, Optional<CaseCommand> due) {
    if (due.isEmpty()) {
      CaseId next = logged.state().precautions().next();
      return done(
          new Move.Later(
              next == null
                  ? new Reason(
                      WaitCode.DRY_RUN_MISSING,
                      "what it would touch is not known yet",
                      Who.EXECUTOR)
                  : unopened(next)));
    }
    return due.get() instanceof CaseCommand.RefuseExecution refusal
        ? refuse(logged, refusal)
        : done(new Move.Tell(due.get()));
  }

  /** What is there provisionally is taken back first: nothing follows the end of a case. */
  private CompletionStage<Move> refuse(LoggedCase logged, CaseCommand.RefuseExecution command) {
    if (!NextWork.containment(logged.state()) || refused) {
      return done(new Move.Tell(command));
    }
    refused = true;
    return next(logged);
  }

  private Attestation attestation(LoggedCase logged) {
    Attestation known = attestation;
    if (known == null) {
      String councilId = String.valueOf(logged.state().councilId());
      known = tools.key().attestation(councilId, caseId).remembering();
      attestation = known;
    }
    return known;
  }

  private static CompletionStage<Move> done(Move move) {
    return CompletableFuture.completedFuture(move);
  }
}
