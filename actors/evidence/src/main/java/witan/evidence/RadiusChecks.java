package witan.evidence;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import witan.codec.content.SentRequests;
import witan.codec.hash.Hashes;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.common.Digest;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.Drift;
import witan.domain.governance.OptionRadius;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Execution;
import witan.domain.proposal.Outcome;
import witan.signing.BallotSignatures;

/**
 * That the blast radius shown is the one voted on, and that nothing was executed whose targets had
 * drifted further than it allows. What the second dry run found is the council's word; what the
 * steps touched is counted again.
 */
final class RadiusChecks {
  private final @Nullable Digest digest;
  private final @Nullable BlastRadius radius;
  private final CaseAggregate rules =
      new CaseAggregate(new JcsContentHasher(), d -> null, new BallotSignatures());
  private CaseState state = rules.empty();

  private RadiusChecks(@Nullable Digest digest, @Nullable BlastRadius radius) {
    this.digest = digest;
    this.radius = radius;
  }

  static String check(CaseFile file, @Nullable BlastRadius shown) {
    Digest voted =
        file.first(CaseEvent.VotingOpened.class)
            .map(v -> v.event().content().blastRadius())
            .orElse(null);
    if (voted != null && shown == null) {
      throw new CouldNotCheck("blast radius " + voted + " was voted on and is not in the bundle");
    }
    CheckFailed.unless(
        shown == null || Digest.of(Hashes.sha256(Json.canonical(shown))).equals(voted),
        "the blast radius has another digest than the one voted on, " + voted);
    RadiusChecks checks = new RadiusChecks(voted, shown);
    for (int i = 0; i < file.entries().size(); i++) {
      checks.take("number " + (i + 1), file.entries().get(i).event());
    }
    return checks.result();
  }

  private void take(String where, CaseEvent event) {
    if (event instanceof CaseEvent.RadiusCompared e) {
      compared(where, e);
    } else if (event instanceof CaseEvent.ExecutionStarted e) {
      OptionRadius voted = voted();
      CheckFailed.unless(
          voted == null
              || !voted.complete()
              || BlastRadius.REHEARSAL.equals(e.adapter())
              || state.precautions().before() != null,
          where + ": it was executed without another look at what it touches");
    }
    state = rules.apply(state, event);
    if (event instanceof CaseEvent.ExecutionEnded && state.execution() != null) {
      bounded(where, Objects.requireNonNull(state.execution()));
    } else if (event instanceof CaseEvent.ContainmentEnded) {
      bounded(where, Objects.requireNonNull(state.precautions().containment()).ledger());
    }
  }

  /**
   * What the steps wrote besides the objects that were voted on is bounded as their drift is,
   * whether or not the council compared it. What they left alone is no harm: a step may have
   * failed.
   */
  private void bounded(String where, Execution ledger) {
    BlastRadius known = radius;
    if (known == null
        || ledger.adapter().equals(BlastRadius.REHEARSAL)
        || ledger.option() >= known.options().size()) {
      return;
    }
    OptionRadius voted = known.options().get(ledger.option());
    Drift effect = SentRequests.drift(voted, ledger);
    CheckFailed.unless(
        !voted.complete()
            || new Drift(effect.before(), 0, effect.added(), 0).within(known.maxDriftBps()),
        where + ": what the steps touched is beyond what was voted on: " + text(effect));
  }

  private void compared(String where, CaseEvent.RadiusCompared e) {
    OptionRadius voted = voted();
    if (voted == null) {
      throw new CheckFailed(where + ": there was nothing voted on to compare with");
    }
    CheckFailed.unless(
        e.voted().equals(digest), where + ": compared with another blast radius than voted on");
    if (e.effect()) {
      Execution execution = Objects.requireNonNull(state.execution());
      Drift counted = SentRequests.drift(voted, execution);
      CheckFailed.unless(
          counted.equals(e.drift()), where + ": what the steps touched is " + counted);
      return;
    }
    boolean within = e.drift().within(Objects.requireNonNull(radius).maxDriftBps());
    CheckFailed.unless(
        within == (e.next() == null),
        where
            + ": a drift of "
            + e.drift()
            + (within ? " was no reason to vote again" : " had to go back to the voters"));
  }

  /** Of the option that won; null where there is none, or no blast radius. */
  private @Nullable OptionRadius voted() {
    BlastRadius known = radius;
    Outcome outcome = state.outcome();
    if (known == null || outcome == null) {
      return null;
    }
    return outcome.option() >= 0 && outcome.option() < known.options().size()
        ? known.options().get(outcome.option())
        : null;
  }

  private String result() {
    if (radius == null) {
      return "nobody had tried the options before they were voted on";
    }
    CaseEvent.RadiusCompared before = state.precautions().before();
    CaseEvent.RadiusCompared after = state.precautions().after();
    return "the blast radius, by "
        + radius.adapter()
        + ", has the digest that was voted on"
        + (before == null ? "" : "; before the execution: " + text(before.drift()))
        + (after == null ? "" : "; by the execution: " + text(after.drift()));
  }

  private static String text(Drift d) {
    return "of "
        + d.before()
        + " objects "
        + d.gone()
        + " untouched or gone, "
        + d.changed()
        + " changed, "
        + d.added()
        + " others";
  }
}
