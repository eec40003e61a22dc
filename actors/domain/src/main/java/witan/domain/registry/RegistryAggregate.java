package witan.domain.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import witan.domain.common.Aggregate;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.governance.SignedBy;

/**
 * A council's registry. Refusals of the founding: those of {@link CharterRules} and {@link
 * FoundingPlace}, {@code founding_signatures} (not one of each seat in their order), {@code
 * idempotency_key_invalid}, {@code council_exists} and those of {@link SignedBy}; of everything
 * else {@code council_not_found}, then those of {@link StatementRules}, {@link VetoRules}, {@link
 * MemberStatementRules}, {@link ChangeRules}, {@link StakeRules} and {@link VerdictRules}. The
 * times of a registry never go back: where a clock is behind the last event, that event's time is
 * taken.
 */
public final class RegistryAggregate
    implements Aggregate<RegistryState, RegistryCommand, RegistryEvent> {
  private static final int MAX_KEY = 255;

  private final CharterHasher hasher;
  private final StatementCheck signatures;
  private final StatementRules statements;
  private final VetoRules vetoes;
  private final MemberStatementRules sayings;
  private final VerdictRules verdicts;
  private final boolean ofVersion1;
  private final Supplier<Optional<FoundingPlace>> place;

  /**
   * A registry's rules.
   *
   * @param signatures checks every statement and founder again where it is decided, whoever checked
   *     it before
   */
  public RegistryAggregate(CharterHasher hasher, StatementCheck signatures) {
    this(hasher, signatures, false, false, Optional::empty);
  }

  private RegistryAggregate(
      CharterHasher hasher,
      StatementCheck signatures,
      boolean ofVersion1,
      boolean byTokens,
      Supplier<Optional<FoundingPlace>> place) {
    this.ofVersion1 = ofVersion1;
    this.place = place;
    this.hasher = hasher;
    this.signatures = signatures;
    this.statements = new StatementRules(signatures, ofVersion1);
    this.vetoes = new VetoRules(statements, hasher);
    this.sayings = new MemberStatementRules(statements, hasher);
    this.verdicts = new VerdictRules(byTokens);
  }

  /** The rules by which entries of version 1 were decided, for whoever checks them again. */
  public static RegistryAggregate ofVersion1(CharterHasher hasher, StatementCheck signatures) {
    return new RegistryAggregate(hasher, signatures, true, true, Optional::empty);
  }

  /** Of entries of the versions 2 and 3, in which a token stood behind a verdict. */
  public static RegistryAggregate ofVersion3(CharterHasher hasher, StatementCheck signatures) {
    return new RegistryAggregate(hasher, signatures, false, true, Optional::empty);
  }

  /**
   * The rules of a registry that is kept somewhere: a council is founded there by a charter that
   * names the place, and by no other. Who judges again what was logged elsewhere knows no place.
   *
   * @param where asked at each founding, for the contract may be known late
   */
  public static RegistryAggregate at(
      CharterHasher hasher, StatementCheck signatures, Supplier<FoundingPlace> where) {
    return new RegistryAggregate(hasher, signatures, false, false, () -> Optional.of(where.get()));
  }

  /** The first problem that a change would have if it were applied now. */
  public static Optional<Refusal> problem(RegistryState state, RegistryChange change, Instant at) {
    return ChangeRules.problem(state, change, at, false);
  }

  @Override
  public RegistryState empty() {
    return RegistryState.EMPTY;
  }

  @Override
  public boolean sealed(RegistryState state) {
    return false;
  }

  @Override
  public Decision<RegistryEvent> decide(RegistryState s, RegistryCommand command, Instant now) {
    if (command instanceof RegistryCommand.FoundCouncil c) {
      return found(s, c, now);
    }
    Charter charter = s.charter();
    Instant last = s.changedAt();
    if (charter == null || last == null) {
      return Decision.refuse(
          "council_not_found",
          "no council has been founded here",
          "found it first, beginning with ./witan council init");
    }
    Instant at = now.isBefore(last) ? last : now;
    if (command instanceof RegistryCommand.Delegate c) {
      return statements.delegate(s, charter.domain(), c.signed(), at);
    } else if (command instanceof RegistryCommand.RotateKey c) {
      return statements.rotate(s, charter.domain(), c.signed(), at);
    } else if (command instanceof RegistryCommand.RecordVeto c) {
      return vetoes.record(s, charter.domain(), c, at);
    } else if (command instanceof RegistryCommand.RecordStatement c) {
      return sayings.record(s, charter.domain(), c, at);
    } else if (command instanceof RegistryCommand.ApplyChange c) {
      return ChangeRules.apply(s, c, at, ofVersion1);
    } else if (command instanceof RegistryCommand.PostBond c) {
      return StakeRules.post(s, c, at);
    } else if (command instanceof RegistryCommand.SettleBond c) {
      return StakeRules.settle(s, c, at);
    } else if (command instanceof RegistryCommand.SettleAbsences c) {
      return StakeRules.absences(s, c, at);
    } else if (command instanceof RegistryCommand.RecordVerdict c) {
      return verdicts.record(s, c, at);
    }
    throw new IllegalStateException("unknown command " + command.getClass());
  }

  @Override
  public RegistryState apply(RegistryState state, RegistryEvent event) {
    return RegistryFold.apply(state, event);
  }

  private Decision<RegistryEvent> found(
      RegistryState s, RegistryCommand.FoundCouncil c, Instant now) {
    Optional<Refusal> problem = CharterRules.problem(c.charter());
    if (problem.isPresent()) {
      return new Decision.Refused<>(problem.get());
    }
    Digest hash = hasher.charter(c.charter());
    Long before = s.seqByKey().get("founding|" + hash.hex());
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    if (s.charter() != null) {
      return Decision.refuse(
          "council_exists", "the council was founded by another charter", "read its charter");
    }
    Optional<Refusal> elsewhere = place.get().flatMap(here -> here.problem(c.charter()));
    if (elsewhere.isPresent()) {
      return new Decision.Refused<>(elsewhere.get());
    }
    Optional<Refusal> policies =
        ofVersion1 ? Optional.empty() : CharterRules.newPolicies(c.charter().policies());
    if (policies.isPresent()) {
      return new Decision.Refused<>(policies.get());
    }
    String key = c.idempotencyKey();
    if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
      return Decision.refuse(
          "idempotency_key_invalid",
          "an idempotency key has 1 to " + MAX_KEY + " characters",
          "use a UUID");
    }
    if (!signedBySeats(c.charter().seats(), c.signatures())) {
      return Decision.refuse(
          "founding_signatures",
          "there is not one signature of each seat, in the order of the seats",
          "let every founder sign the charter hash " + hash);
    }
    for (FounderSignature founder : c.signatures()) {
      Optional<Refusal> forged =
          SignedBy.problem(
              founder.founder(), () -> signatures.recover(c.charter().domain(), hash, founder));
      if (forged.isPresent()) {
        return new Decision.Refused<>(forged.get());
      }
    }
    return Decision.accept(
        new RegistryEvent.CouncilFounded(
            c.charter(), hash, c.signatures(), c.idempotencyKey(), now));
  }

  private static boolean signedBySeats(List<Seat> seats, List<FounderSignature> signatures) {
    if (seats.size() != signatures.size()) {
      return false;
    }
    for (int i = 0; i < seats.size(); i++) {
      FounderSignature signature = signatures.get(i);
      if (!signature.founder().equals(seats.get(i).address())
          || !signature.signature().matches("0x[0-9a-f]{130}")) {
        return false;
      }
    }
    return true;
  }
}
