package witan.answers.cases;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.common.LeftOut;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.ExecutionOutcome;

/**
 * An execution but for its steps.
 *
 * @param link path of its steps; in a case
 * @param detail why it ended so; empty where there is nothing to say; null while it runs
 * @param abort who ended it early, and why
 */
public record ExecutionHead(
    @LeftOut @Nullable String link,
    int option,
    Digest playbookDigest,
    String adapter,
    boolean rehearsed,
    @Nullable ExecutionOutcome outcome,
    @Nullable String detail,
    CaseEvent.@Nullable AbortRequested abort,
    List<StepAwaited> waitingFor,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {}
