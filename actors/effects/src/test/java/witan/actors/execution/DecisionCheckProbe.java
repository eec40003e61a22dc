package witan.actors.execution;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import witan.actors.planning.PlaybookSteps;
import witan.actors.testing.MemoryCouncil;
import witan.domain.api.Answer;
import witan.domain.api.Playbooks;
import witan.domain.catalogue.CatalogueCommand.PublishPlaybook;
import witan.domain.catalogue.CatalogueCommand.RetirePlaybook;
import witan.domain.catalogue.CatalogueState;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;

/** What an executor would say of a case before its first effect. */
public final class DecisionCheckProbe {
  private DecisionCheckProbe() {}

  /** Where the executor has a playbook and its signatures from. */
  @FunctionalInterface
  public interface Documents {
    CompletionStage<Optional<byte[]>> signed(Digest digest);
  }

  /** {@code Ready}, {@code Wait}, or the code of a refusal. */
  public static String verdict(
      MemoryCouncil council, CaseId caseId, PlaybookSteps steps, Documents documents)
      throws Exception {
    DecisionCheck check =
        DecisionChecks.of(
            council, DecisionChecks.NO_CHAIN, steps, new Given(council.playbooks(), documents));
    return verdict(council, caseId, check);
  }

  static String verdict(MemoryCouncil council, CaseId caseId, DecisionCheck check)
      throws Exception {
    Clearance verdict =
        check
            .check(
                council
                    .caseLog()
                    .read(caseId)
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS)
                    .orElseThrow())
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    return verdict instanceof Clearance.Refuse refuse
        ? refuse.code()
        : verdict.getClass().getSimpleName();
  }

  private record Given(Playbooks others, Documents documents) implements Playbooks {
    @Override
    public CompletionStage<CatalogueState> current() {
      return others.current();
    }

    @Override
    public CompletionStage<Optional<byte[]>> document(Digest digest) {
      return others.document(digest);
    }

    @Override
    public CompletionStage<Optional<byte[]>> signed(Digest digest) {
      return documents.signed(digest);
    }

    @Override
    public CompletionStage<Answer<Changed>> publish(PublishPlaybook command, byte[] document) {
      return others.publish(command, document);
    }

    @Override
    public CompletionStage<Answer<Changed>> retire(RetirePlaybook command) {
      return others.retire(command);
    }
  }
}
