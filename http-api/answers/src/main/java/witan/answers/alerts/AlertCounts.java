package witan.answers.alerts;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of a body was taken.
 *
 * @param outcomes how many of each
 * @param index of the last that is in the log; null when nothing was taken
 * @param checkpoint covers every receipt; null when nothing was taken
 */
public record AlertCounts(
    int accepted,
    int refused,
    Map<String, Integer> outcomes,
    @Nullable Long index,
    @Nullable String checkpoint) {}
