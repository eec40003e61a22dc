package witan.domain.api;

import java.util.List;
import witan.domain.proposal.CaseState;

/**
 * A case as logged.
 *
 * @param index log index of its last entry
 * @param events all of them, in order
 */
public record LoggedCase(CaseState state, long index, List<LoggedEvent> events) {}
