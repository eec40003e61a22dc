package witan.domain.registry;

import java.time.Instant;

/**
 * Where an entry is in the log.
 *
 * @param index in the log, from 0
 * @param at the entry's own time
 */
public record LogPlace(long index, Instant at) {}
