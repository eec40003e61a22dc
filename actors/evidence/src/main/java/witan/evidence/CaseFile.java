package witan.evidence;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import witan.codec.entry.Entry;
import witan.codec.hash.JcsContentHasher;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.Snapshot;
import witan.domain.proposal.SnapshotRule;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryState;
import witan.signing.BallotSignatures;

/** A whole case as it is logged. */
public record CaseFile(CaseId caseId, List<Logged<CaseEvent>> entries) {
  private static final JcsContentHasher HASHER = new JcsContentHasher();

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

  /** Its entries up to that number and with it. */
  CaseFile until(long seq) {
    return new CaseFile(caseId, entries.subList(0, (int) Math.min(seq, entries.size())));
  }

  /** What the events come to, each taken at its word. */
  CaseState state() {
    CaseAggregate rules = new CaseAggregate(HASHER, digest -> null, new BallotSignatures());
    CaseState state = rules.empty();
    for (CaseEvent event : events()) {
      state = rules.apply(state, event);
    }
    return state;
  }

  /**
   * Where it begins: by the rule of the entry that opened its vote; without one, of its last entry.
   */
  Snapshot snapshot() {
    Entry decisive =
        opening().map(Logged::entry).orElseGet(() -> entries.get(entries.size() - 1).entry());
    return Snapshot.of(SnapshotRule.of(decisive.v()), entries.get(0).place(), events());
  }

  /** The registry when its vote opened. */
  Optional<RegistryState> registryAtOpening(RegistryHistory history) {
    return opening()
        .map(opened -> SnapshotRule.of(opened.entry().v()).rights(history, opened.place()));
  }

  private Optional<Logged<CaseEvent>> opening() {
    return entries.stream().filter(l -> l.event() instanceof CaseEvent.VotingOpened).findFirst();
  }

  /**
   * A case that a member proposed is named after that statement, in today's way since version 2.
   */
  boolean named() {
    return openedInVersion1()
        || all(CaseEvent.Proposed.class)
            .allMatch(p -> caseId.equals(DraftRules.caseId(p.event().signed(), HASHER)));
  }

  boolean openedInVersion1() {
    return entries.get(0).entry().v() == Entry.OLD_VERSION;
  }

  /** Which rules it was judged by, where these are not today's; for the report. */
  String byWhichRules() {
    return snapshot().rule() == SnapshotRule.BY_TIME ? ", by the rules of v 1" : "";
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
