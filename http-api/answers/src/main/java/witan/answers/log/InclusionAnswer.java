package witan.answers.log;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.common.LeftOut;

/**
 * An audit path of RFC 6962, from the leaf's sibling up.
 *
 * @param checkpoint that of the size, where no size was named
 */
public record InclusionAnswer(
    long index,
    long size,
    Digest leaf,
    List<Digest> hashes,
    @LeftOut @Nullable String checkpoint) {}
