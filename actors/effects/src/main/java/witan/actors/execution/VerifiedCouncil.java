package witan.actors.execution;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.actors.view.ContainmentLog;
import witan.codec.event.Family;
import witan.domain.common.Digest;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.RegistryEvent;
import witan.evidence.Council;
import witan.evidence.Logged;
import witan.evidence.SwitchedOn;
import witan.evidence.VerifiedRegistry;

/**
 * The council as an executor believes it: each look reads what the registry has new and holds it
 * against the rules and against the cases that it names. An entry that is not borne out stops every
 * execution here, from then on: the registry has no other way past it. Thread-safe.
 */
public final class VerifiedCouncil {
  private final EvidenceReader reader;
  private final VerifiedRegistry registry;
  private CompletionStage<Council> last;

  /**
   * One per node.
   *
   * @param charter digest of the charter that is trusted; null to trust the first that was founded
   */
  public VerifiedCouncil(EvidenceReader reader, String councilId, @Nullable Digest charter) {
    this.reader = reader;
    this.registry = new VerifiedRegistry(councilId, charter);
    this.last = CompletableFuture.failedStage(new IllegalStateException("nothing was read yet"));
  }

  /**
   * By the registry's entries that were logged when this was asked, or later ones too. Fails with
   * {@link witan.evidence.CheckFailed} where an entry is not borne out, with {@link
   * witan.evidence.CouldNotCheck} before the founding. One look at a time; the next waits.
   */
  public synchronized CompletionStage<Council> current() {
    last = last.handle((council, failure) -> null).thenCompose(before -> further());
    return last;
  }

  /** Which switchings on of containment are believed, by the same. */
  public CompletionStage<ContainmentLog.Belief> switches() {
    return current()
        .thenApply(
            council ->
                (logged, event, off) ->
                    SwitchedOn.problem(council, event, logged.v(), logged.index(), off));
  }

  private CompletionStage<Council> further() {
    return reader
        .read(registry.pid(), registry.nextSeq(), RegistryEvent.class)
        .thenCompose(this::believed)
        .thenApply(done -> registry.council());
  }

  private CompletionStage<Void> believed(List<Logged<RegistryEvent>> entries) {
    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
    for (Logged<RegistryEvent> entry : entries) {
      all =
          all.thenCompose(
              before ->
                  cause(entry)
                      .thenAccept(
                          found -> {
                            registry.add(entry, found);
                          }));
    }
    return all;
  }

  private CompletionStage<List<Logged<CaseEvent>>> cause(Logged<RegistryEvent> entry) {
    return VerifiedRegistry.cause(entry.event())
        .map(caseId -> reader.read(Family.CASE.pid(caseId), 1, CaseEvent.class))
        .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
  }
}
