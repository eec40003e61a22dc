package witan.evidence;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import witan.codec.entry.Entry;
import witan.domain.api.LoggedCase;
import witan.domain.api.LoggedEvent;
import witan.domain.common.CaseId;
import witan.domain.execution.Attestation;
import witan.domain.execution.Forgery;
import witan.domain.execution.Order;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.RecordedStatement;

/**
 * What people said of the steps of a case that wait for a person, and that it ends early, and
 * whether a member stands behind it: of a step the registry recorded that member's statement after
 * it was asked about and before the case took it, of an abort see {@link Aborts}. Entries before
 * version {@link Entry#STATEMENTS} hold a token's word.
 */
public final class Confirmations {
  /**
   * One, and where it is.
   *
   * @param asked index in the log of the intent
   * @param index in the log
   */
  private record Place(long asked, long index, int v) {}

  private final CaseId caseId;
  private final Map<String, Long> asked = new HashMap<>();
  private final Map<String, CaseEvent.StepIntended> intents = new HashMap<>();
  private final Map<CaseEvent.StepObserved, Place> places = new HashMap<>();
  private final Aborts aborts;

  private Confirmations(CaseId caseId) {
    this.caseId = caseId;
    this.aborts = new Aborts(caseId);
  }

  static Confirmations of(CaseFile file) {
    Confirmations all = new Confirmations(file.caseId());
    file.entries().forEach(l -> all.take(l.index(), l.entry().v(), l.event()));
    return all;
  }

  /** Of a case that is open and has an id. */
  public static Confirmations of(CaseId caseId, LoggedCase logged) {
    Confirmations all = new Confirmations(caseId);
    for (LoggedEvent line : logged.events()) {
      if (line.event() instanceof CaseEvent event) {
        all.take(line.index(), line.v(), event);
      }
    }
    return all;
  }

  private void take(long index, int v, CaseEvent event) {
    aborts.take(index, v, event);
    if (event instanceof CaseEvent.StepIntended e) {
      intents.put(e.step(), e);
      asked.put(e.step(), index);
    } else if (event instanceof CaseEvent.StepObserved e) {
      CaseEvent.StepIntended intent = intents.get(e.step());
      if (intent != null && Forgery.byHand(intent, e)) {
        places.put(e, new Place(asked.getOrDefault(e.step(), index), index, v));
      }
    }
  }

  public int size() {
    return places.size() + aborts.size();
  }

  Aborts aborts() {
    return aborts;
  }

  boolean has(CaseEvent.StepObserved seen) {
    return places.containsKey(seen);
  }

  /** The same attestation, which knows these too, by a registry that was read after the case. */
  public Attestation over(Attestation executors, Council council) {
    return new Attestation() {
      @Override
      public Optional<String> intent(Order order, CaseEvent.StepIntended intent) {
        return executors.intent(order, intent);
      }

      @Override
      public Optional<String> observation(
          Order order, CaseEvent.StepIntended intent, CaseEvent.StepObserved seen) {
        return executors.observation(order, intent, seen);
      }

      @Override
      public Optional<String> confirmation(
          CaseEvent.StepIntended intent, CaseEvent.StepObserved seen) {
        return problem(council, seen);
      }

      @Override
      public Optional<String> abort(CaseEvent.AbortRequested abort) {
        return aborts.problem(council, abort);
      }
    };
  }

  /** Why no member stands behind it; empty where one does. */
  Optional<String> problem(Council council, CaseEvent.StepObserved seen) {
    Place place = places.get(seen);
    if (place == null) {
      return Optional.of("it is not among the entries of the case");
    }
    RecordedStatement said = seen.said();
    if (said == null) {
      return place.v() < Entry.STATEMENTS
          ? Optional.empty()
          : Optional.of("no member's statement stands behind it");
    }
    long seq = said.registrySeq();
    if (!council.recorded(caseId, said)) {
      return Optional.of("the registry has recorded no such statement under its number " + seq);
    }
    long index = council.index(seq);
    return index > place.asked() && index < place.index()
        ? Optional.empty()
        : Optional.of("the statement was not recorded between the question and the answer");
  }

  /** For the report, of steps. */
  static final class Count {
    private int members;
    private int tokens;

    void add(CaseEvent.StepObserved seen) {
      members += seen.said() == null ? 0 : 1;
      tokens += seen.said() == null ? 1 : 0;
    }

    String text() {
      String signed = members + " steps were answered for by members' statements on record";
      return tokens == 0
          ? signed
          : signed + ", " + tokens + " by a token, as before entries of v " + Entry.STATEMENTS;
    }
  }
}
