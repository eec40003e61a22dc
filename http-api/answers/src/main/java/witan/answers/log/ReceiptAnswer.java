package witan.answers.log;

import org.jspecify.annotations.Nullable;
import witan.domain.common.LeftOut;

/**
 * Where an accepted command stands in the log.
 *
 * @param repeated it had been accepted before
 * @param entry path of the entry
 * @param checkpoint a signed note that covers it, where one is at hand
 */
public record ReceiptAnswer(
    String pid,
    long seq,
    long index,
    boolean repeated,
    String entry,
    AssuranceAnswer assurance,
    @LeftOut @Nullable String checkpoint) {}
