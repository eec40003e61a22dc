package witan.answers.council;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.PolicyTable;
import witan.domain.registry.Charter;

/**
 * The council.
 *
 * @param domain of what its members sign
 * @param table null where severity alone chooses the policy
 * @param seq number of the registry's last event
 */
public record CouncilAnswer(
    String councilId,
    String name,
    Charter charter,
    Digest charterHash,
    Eip712Domain domain,
    List<PolicyLine> policies,
    @Nullable PolicyTable table,
    String pid,
    long seq,
    @Nullable Instant foundedAt) {}
