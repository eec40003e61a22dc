package witan.domain.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.DomainEvent;
import witan.domain.registry.LogPlace;

/**
 * One entry of the log with its meaning.
 *
 * @param v version of the entry
 * @param type simple name of the event's record
 * @param caseId null for registry and intake; for notes the case that they are linked to
 * @param actor pseudonym: a voter's address, {@code sensor:<name>}, {@code person} or {@code
 *     council}
 * @param event null where the body's key was destroyed
 */
public record LoggedEvent(
    long index,
    int v,
    String pid,
    long seq,
    String type,
    @Nullable CaseId caseId,
    Instant at,
    String actor,
    @Nullable DomainEvent event) {
  public LogPlace place() {
    return new LogPlace(index, at);
  }
}
