package witan.evidence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.codec.bundle.BundleEntry;
import witan.codec.entry.Entry;
import witan.codec.event.Family;
import witan.domain.containment.ContainmentEvent;
import witan.domain.governance.AlertTrust;
import witan.domain.playbook.K8sAction;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Containment;
import witan.domain.proposal.ContainmentOutcome;
import witan.domain.proposal.SnapshotRule;

/**
 * That what was done before the decision was allowed by the proposal, granted before it was begun,
 * corroborated by the alerts of the log, and reversible; that it was confirmed or ended; and that,
 * by the uses of the kill switch that are shown, it was switched on when the lease was granted.
 * That the hourly budgets hold over all cases is not in one bundle, nor that no use of the switch
 * is left out.
 */
final class ContainmentChecks {
  private final List<CaseEvent.AlertRecorded> alerts = new ArrayList<>();
  private final AlertEvidence believed;
  private final @Nullable Logged<ContainmentEvent> grant;
  private final String pid;
  private int tokens;
  private boolean allowed;
  private CaseEvent.@Nullable ContainmentStarted started;
  private CaseEvent.@Nullable ContainmentEnded ended;
  private int steps;

  private ContainmentChecks(@Nullable Logged<ContainmentEvent> grant, AlertEvidence believed) {
    this.grant = grant;
    this.believed = believed;
    this.pid = Family.CONTAINMENT.pid(believed.councilId());
  }

  /**
   * The check.
   *
   * @param grants the lease, then the uses of the kill switch before it
   */
  static String check(
      Council council, CaseFile file, List<BundleEntry> grants, AlertEvidence believed) {
    List<Logged<ContainmentEvent>> read = EntryChecks.read(grants, ContainmentEvent.class).value();
    Logged<ContainmentEvent> grant = read.isEmpty() ? null : read.get(0);
    ContainmentChecks checks = new ContainmentChecks(grant, byTerms(file, grant, believed));
    if (grant != null) {
      checks.switchedOn(council, grant, read.subList(1, read.size()));
    }
    for (Logged<CaseEvent> logged : file.entries()) {
      checks.take(file, logged);
    }
    return checks.result(read.size());
  }

  /** Version 1 trusted sensors by the settings, which each lease has written down. */
  private static AlertEvidence byTerms(
      CaseFile file, @Nullable Logged<ContainmentEvent> grant, AlertEvidence byRow) {
    return file.snapshot().rule() == SnapshotRule.BY_TIME
            && grant != null
            && grant.event() instanceof ContainmentEvent.ContainmentGranted granted
        ? new AlertEvidence(
            byRow.councilId(),
            new AlertTrust(false, granted.terms().trustedSensors()),
            byRow.keys())
        : byRow;
  }

  private void take(CaseFile file, Logged<CaseEvent> logged) {
    String where = "number " + logged.entry().seq();
    CaseEvent event = logged.event();
    if (event instanceof CaseEvent.AlertRecorded e) {
      alerts.add(e);
    } else if (event instanceof CaseEvent.VotingOpened e) {
      allowed = e.content().provisionalContainment();
    } else if (event instanceof CaseEvent.ContainmentStarted e) {
      CheckFailed.unless(allowed, where + ": the proposal allows no provisional containment");
      granted(where, file, logged.index(), e);
      started = e;
    } else if (event instanceof CaseEvent.StepIntended e
        && e.step().startsWith(Containment.PREFIX)) {
      step(where, e);
    } else if (event instanceof CaseEvent.ContainmentEnded e) {
      ended = e;
    }
  }

  /** Switched off, or on by nobody who may, nothing is granted. */
  private void switchedOn(
      Council council, Logged<ContainmentEvent> lease, List<Logged<ContainmentEvent>> uses) {
    boolean on = true;
    long off = -1;
    long seq = 0;
    for (Logged<ContainmentEvent> use : uses) {
      String where = pid + " number " + use.entry().seq();
      if (!(use.event() instanceof ContainmentEvent.ContainmentSwitched e)
          || !use.entry().pid().equals(pid)
          || use.entry().seq() <= seq
          || use.entry().seq() >= lease.entry().seq()) {
        throw new CheckFailed(where + " is no use of the switch before the lease, in order");
      }
      if (e.on()) {
        SwitchedOn.problem(council, e, use.entry().v(), use.index(), off)
            .ifPresent(
                problem -> {
                  throw new CheckFailed(where + ": forged_switch: " + problem);
                });
        tokens += e.said() == null ? 1 : 0;
      } else {
        off = use.index();
      }
      on = e.on();
      seq = use.entry().seq();
    }
    CheckFailed.unless(on, "the lease was granted while containment was switched off");
  }

  private void granted(String where, CaseFile file, long index, CaseEvent.ContainmentStarted e) {
    Logged<ContainmentEvent> lease = grant;
    if (lease == null) {
      throw new CouldNotCheck(where + ": the lease " + e.grant() + " is not in the bundle");
    }
    CheckFailed.unless(
        lease.entry().pid().equals(pid)
            && lease.entry().seq() == e.grant()
            && lease.index() < index
            && lease.event() instanceof ContainmentEvent.ContainmentGranted granted
            && granted.caseId().equals(file.caseId())
            && e.lease().compareTo(granted.terms().lease()) <= 0,
        where + ": it acted without a lease of its own, granted before");
  }

  /** Each target by two distinct sensors, or by one that the policy row trusts. */
  private void step(String where, CaseEvent.StepIntended e) {
    Logged<ContainmentEvent> lease = grant;
    if (started == null
        || lease == null
        || !(lease.event() instanceof ContainmentEvent.ContainmentGranted granted)) {
      throw new CheckFailed(where + ": a provisional step that nothing was granted for");
    }
    CheckFailed.unless(
        !believed.sensors(e.target(), believed.believed(alerts, true)).isEmpty(),
        where
            + ": no two sensors, nor a trusted one, had named "
            + e.target()
            + (believed.trust().signed() ? " in alerts that they signed" : ""));
    CheckFailed.unless(
        K8sAction.of(e.action()).flatMap(K8sAction::inverse).isPresent()
            && granted.clusters().contains(e.target().cluster()),
        where + ": it cannot be taken back, or is in a cluster that the lease is not for");
    steps++;
  }

  private String result(int grants) {
    if (started == null) {
      CheckFailed.unless(grants == 0, "the bundle has a lease, and nothing was done under one");
      return "nothing was done before the decision";
    }
    CaseEvent.ContainmentEnded end = ended;
    if (end == null) {
      throw new CheckFailed("what was done before the decision was neither confirmed nor ended");
    }
    return steps
        + " reversible steps before the decision, under lease "
        + started.grant()
        + ", on the word of "
        + String.join(", ", started.sensors())
        + "; "
        + end.outcome()
        + (end.outcome() == ContainmentOutcome.CONFIRMED ? " by the vote" : ": " + end.reason())
        + (tokens == 0
            ? ""
            : "; switched on "
                + tokens
                + " times by a token, as before entries of v "
                + Entry.MEMBERS_WORD);
  }
}
