package witan.actors.log;

/** A signed note and the size it speaks of. */
public record StoredCheckpoint(long size, String note) {}
