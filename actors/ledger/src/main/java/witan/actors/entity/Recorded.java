package witan.actors.entity;

import witan.actors.log.LogItem;

/**
 * The journal's only event: an entry that is in the log.
 *
 * @param index its index there
 */
public record Recorded(long index, LogItem item) {}
