package witan.evidence;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import witan.codec.hash.JcsContentHasher;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.signing.BallotSignatures;

/** A whole case as it is logged. */
public record CaseFile(CaseId caseId, List<Logged<CaseEvent>> entries) {
  /**
   * An event of one kind and where it is.
   *
   * @param seq within the case, from 1
   * @param index in the log
   */
  record Numbered<E extends CaseEvent>(long seq, long index, E event) {}

  List<CaseEvent> events() {
    return entries.stream().map(Logged::event).toList();
  }

  /** What the events come to, each taken at its word. */
  CaseState state() {
    CaseAggregate rules =
        new CaseAggregate(new JcsContentHasher(), digest -> null, new BallotSignatures());
    CaseState state = rules.empty();
    for (CaseEvent event : events()) {
      state = rules.apply(state, event);
    }
    return state;
  }

  <E extends CaseEvent> Stream<Numbered<E>> all(Class<E> kind) {
    return IntStream.range(0, entries.size())
        .filter(i -> kind.isInstance(entries.get(i).event()))
        .mapToObj(
            i -> new Numbered<>(i + 1, entries.get(i).index(), kind.cast(entries.get(i).event())));
  }

  <E extends CaseEvent> Optional<Numbered<E>> first(Class<E> kind) {
    return all(kind).findFirst();
  }
}
