package witan.actors.execution;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.planning.PlaybookSteps;
import witan.actors.testing.MemoryCouncil;
import witan.actors.view.ContainmentLog;
import witan.domain.containment.ContainmentTerms;
import witan.log.checkpoint.NoteSigner;

/** The drift check of a council in memory. */
public final class Drifts {
  static final RadiusSettings SETTINGS =
      new RadiusSettings(Duration.ofMinutes(1), false, 2_500, Duration.ofMinutes(2));

  /** Of every executor of the tests. */
  public static final ExecutorKey KEY =
      ExecutorKey.of(NoteSigner.generate("executor.test", new SecureRandom()), List.of());

  private Drifts() {}

  /** What an executor of playbooks alone is given. */
  public static RegistryEffects noChanges() {
    return new RegistryEffects(
        (councilId, caseId, hash, change) -> CompletableFuture.failedFuture(new AssertionError()));
  }

  static RadiusSurvey survey(
      MemoryCouncil council, PlaybookSteps playbooks, ClusterActions actions) {
    return new RadiusSurvey(
        new StoredPlaybooks(council, playbooks), actions, SETTINGS, ForkJoinPool.commonPool());
  }

  public static ContainmentCheck containment(
      MemoryCouncil council,
      PlaybookSteps playbooks,
      ClusterActions actions,
      ContainmentSettings settings) {
    VerifiedCouncil verified =
        new VerifiedCouncil(new EvidenceReader(council, council.decoder()), MemoryCouncil.ID, null);
    return new ContainmentCheck(
        council,
        verified,
        new ContainmentLog(council, council.decoder(), MemoryCouncil.ID, verified::switches),
        council,
        playbooks,
        council.hasher(),
        council,
        settings,
        actions.adapter(),
        () -> council.now);
  }

  public static ContainmentSettings terms() {
    return new ContainmentSettings(
        true, new ContainmentTerms(List.of(), 2, 3, 30, Duration.ofMinutes(2)));
  }

  public static DriftCheck check(
      MemoryCouncil council, PlaybookSteps playbooks, ClusterActions actions) {
    return new DriftCheck(
        council,
        council,
        survey(council, playbooks, actions),
        SETTINGS,
        actions,
        () -> council.now);
  }
}
