package witan.answers.system;

import org.jspecify.annotations.Nullable;
import witan.domain.api.Anchors;
import witan.domain.common.Digest;

/** What the council claims about itself. */
public record TrustAnswer(
    String warning,
    String origin,
    String logKey,
    @Nullable Digest charterHash,
    Anchors.@Nullable Registry chain) {}
