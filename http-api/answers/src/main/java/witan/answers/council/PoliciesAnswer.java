package witan.answers.council;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.governance.PolicyTable;

/**
 * The policies in force.
 *
 * @param table null where severity alone chooses the policy
 * @param registrySeq number of the registry's last event
 */
public record PoliciesAnswer(
    List<PolicyLine> policies, @Nullable PolicyTable table, long registrySeq) {}
