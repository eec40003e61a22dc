package witan.evidence;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.codec.entry.Entry;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.SignedStatement;

/**
 * Who ended the execution of a case early, and whether a member stands behind it, whose statement
 * the registry recorded after the decision, or a guardian by the veto right before it. Entries
 * before version {@link Entry#MEMBERS_WORD} hold a token's word. Fed in order.
 */
final class Aborts {
  /**
   * One, and where it is.
   *
   * @param decided index in the log of the approval
   * @param index in the log
   * @param veto right before it
   * @param vetoed index in the log of the veto
   */
  private record Place(
      long decided, long index, int v, CaseEvent.@Nullable ProposalVetoed veto, long vetoed) {}

  private final CaseId caseId;
  private final Map<CaseEvent.AbortRequested, Place> places = new HashMap<>();
  private long decided = Long.MAX_VALUE;
  private CaseEvent.@Nullable ProposalVetoed veto;
  private long vetoed;

  Aborts(CaseId caseId) {
    this.caseId = caseId;
  }

  void take(long index, int v, CaseEvent event) {
    if (event instanceof CaseEvent.ProposalApproved) {
      decided = index;
    } else if (event instanceof CaseEvent.AbortRequested e) {
      places.put(e, new Place(decided, index, v, veto, vetoed));
    }
    veto = event instanceof CaseEvent.ProposalVetoed e ? e : null;
    vetoed = index;
  }

  int size() {
    return places.size();
  }

  /** Why nobody stands behind it who may end an execution; empty where somebody does. */
  Optional<String> problem(Council council, CaseEvent.AbortRequested abort) {
    Place place = places.get(abort);
    if (place == null) {
      return Optional.of("it is not among the entries of the case");
    }
    if (abort.said() != null) {
      return said(council, abort, abort.said(), place);
    }
    if (place.v() < Entry.MEMBERS_WORD) {
      return Optional.empty();
    }
    CaseEvent.ProposalVetoed by = place.veto();
    return by == null
        ? Optional.of("no member's statement and no guardian's veto stands behind it")
        : vetoed(council, abort, by, place.vetoed());
  }

  private Optional<String> said(
      Council council, CaseEvent.AbortRequested abort, RecordedStatement said, Place place) {
    SignedStatement signed = said.signed();
    if (!(signed.statement() instanceof MemberStatement.Abort statement)
        || statement.undo() != abort.undo()
        || !abort.reason().equals(signed.reason())
        || !abort.by().equals("member " + statement.member())) {
      return Optional.of("it is not what its statement says");
    }
    if (!council.recorded(caseId, said)) {
      return Optional.of(
          "the registry has recorded no such statement under its number " + said.registrySeq());
    }
    long index = council.index(said.registrySeq());
    return index > place.decided() && index < place.index()
        ? Optional.empty()
        : Optional.of("the statement was not recorded between the decision and the abort");
  }

  private Optional<String> vetoed(
      Council council, CaseEvent.AbortRequested abort, CaseEvent.ProposalVetoed by, long index) {
    boolean brought =
        abort.undo()
            && abort.reason().equals(by.signed().reason())
            && abort.by().equals("guardian " + by.signed().veto().guardian());
    return brought
        ? VetoChecks.problem(council, caseId, by, index)
        : Optional.of("it is not what the guardian's veto brings");
  }

  /** Whose word it was; for the report. */
  String whose(CaseEvent.AbortRequested abort) {
    Place place = places.get(abort);
    String ended = "the execution was ended early by ";
    if (abort.said() != null) {
      return ended + "a member's statement on record";
    }
    return place != null && place.veto() != null
        ? ended + "a guardian's veto on record"
        : ended + "a token, as before entries of v " + Entry.MEMBERS_WORD;
  }
}
