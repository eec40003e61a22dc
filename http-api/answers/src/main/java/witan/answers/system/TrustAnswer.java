package witan.answers.system;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.api.Anchors;
import witan.domain.common.Digest;

/**
 * What the council claims about itself, in the form of a trust file.
 *
 * @param charterHash null before the founding: then it is no trust file yet
 * @param witnesses none: nodes do not know whom an auditor believes
 */
public record TrustAnswer(
    String format,
    String warning,
    String origin,
    String logKey,
    @Nullable Digest charterHash,
    Anchors.@Nullable Registry chain,
    List<String> witnesses) {}
