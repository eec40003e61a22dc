package witan.domain.api;

/**
 * Where an accepted command stands in the log.
 *
 * @param pid {@code case|<id>}, {@code registry|<council>}, {@code intake|<sensor>}, {@code
 *     notes|<case>}
 * @param seq number within the pid, from 1
 * @param index index in the log, from 0; covered by every checkpoint of a greater size
 * @param repeated true when the command had been accepted before
 */
public record Receipt(String pid, long seq, long index, boolean repeated) {}
