package witan.actors.execution;

import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.testing.MemoryCouncil;

/** The drift check of a council in memory. */
final class Drifts {
  static final RadiusSettings SETTINGS =
      new RadiusSettings(Duration.ofSeconds(5), false, 2_500, Duration.ofMinutes(2));

  private Drifts() {}

  static RadiusSurvey survey(
      MemoryCouncil council, PlaybookSteps playbooks, ClusterActions actions) {
    return new RadiusSurvey(
        new StoredPlaybooks(council, playbooks), actions, SETTINGS, ForkJoinPool.commonPool());
  }

  static DriftCheck check(MemoryCouncil council, PlaybookSteps playbooks, ClusterActions actions) {
    return new DriftCheck(
        council,
        council,
        survey(council, playbooks, actions),
        SETTINGS,
        actions.adapter(),
        () -> council.now);
  }
}
