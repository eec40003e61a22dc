package witan.evidence;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.registry.Charter;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryHistory;

/**
 * A council as its registry has it.
 *
 * @param history of the whole registry of the bundle
 * @param entries of the registry
 */
public record Council(
    Charter charter, RegistryHistory history, List<Logged<RegistryEvent>> entries) {
  /** Index in the log of the registry's event with that number, from 1. */
  long index(long seq) {
    return entries.get((int) seq - 1).index();
  }

  /**
   * Whether the registry has recorded that statement under the number that it names.
   *
   * @param caseId that it was recorded for; null for none
   */
  boolean recorded(@Nullable CaseId caseId, RecordedStatement said) {
    long seq = said.registrySeq();
    return seq >= 1
        && seq <= entries.size()
        && entries.get((int) seq - 1).event() instanceof RegistryEvent.StatementRecorded e
        && Objects.equals(e.caseId(), caseId)
        && e.signed().equals(said.signed());
  }
}
