package witan.actors.planning;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.domain.api.LoggedEvent;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.ProposalKind;

/**
 * The incidents that members proposed by hand and that are voted on, by the alerts that they name.
 * In memory, from the log alone: a node that starts reads it again. Bounded: the newest are known.
 * Thread-safe.
 */
public final class HandProposals {
  private static final int MOST = 10_000;

  /** Not voted on yet: a proposal that does not hold is dismissed, and nobody waits for it. */
  private final Map<CaseId, List<Digest>> proposed = newest();

  private final Map<CaseId, List<Digest>> voted = new LinkedHashMap<>();
  private final Map<Digest, CaseId> byAlert = new HashMap<>();

  /** Takes the next entry of the node's feed. */
  public synchronized void follow(LoggedEvent logged) {
    CaseId caseId = logged.caseId();
    if (caseId == null) {
      return;
    }
    if (logged.event() instanceof CaseEvent.Proposed e) {
      if (e.signed().draft().kind() == ProposalKind.INCIDENT) {
        proposed.put(caseId, e.signed().draft().alertDigests());
      }
    } else if (logged.event() instanceof CaseEvent.VotingOpened) {
      List<Digest> alerts = proposed.remove(caseId);
      if (alerts != null) {
        vote(caseId, alerts);
      }
    } else if (logged.event() instanceof CaseEvent.CaseClosed) {
      proposed.remove(caseId);
    }
  }

  private void vote(CaseId caseId, List<Digest> alerts) {
    voted.put(caseId, alerts);
    alerts.forEach(alert -> byAlert.put(alert, caseId));
    if (voted.size() > MOST) {
      CaseId oldest = voted.keySet().iterator().next();
      voted.remove(oldest).forEach(alert -> byAlert.remove(alert, oldest));
    }
  }

  /** The case in which a proposal that names one of these alerts is, or was, voted on. */
  public synchronized Optional<CaseId> naming(List<Alert> alerts) {
    return alerts.stream()
        .map(Alert::rawDigest)
        .filter(byAlert::containsKey)
        .findFirst()
        .map(byAlert::get);
  }

  private static Map<CaseId, List<Digest>> newest() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<CaseId, List<Digest>> eldest) {
        return size() > MOST;
      }
    };
  }
}
