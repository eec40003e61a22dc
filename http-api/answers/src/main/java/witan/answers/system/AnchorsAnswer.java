package witan.answers.system;

import org.jspecify.annotations.Nullable;
import witan.domain.api.Anchors;

/** How far the chain has followed the log; sizes are of the present generation's tree. */
public record AnchorsAnswer(
    Anchors.State state,
    long anchoredSize,
    Anchors.@Nullable Anchored last,
    String detail,
    Anchors.@Nullable Registry registry) {}
