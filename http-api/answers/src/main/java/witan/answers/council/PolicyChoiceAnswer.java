package witan.answers.council;

import org.jspecify.annotations.Nullable;
import witan.domain.governance.AlertTrust;
import witan.domain.governance.Policy;
import witan.domain.governance.Urgency;

/**
 * Which policy an incident would be decided by.
 *
 * @param byTable false where severity alone chooses
 * @param normalPolicy what an expedited proposal falls back to
 * @param alerts on whose a provisional containment may stand; null where none may run
 */
public record PolicyChoiceAnswer(
    Urgency urgency,
    int impact,
    boolean byTable,
    Policy policy,
    @Nullable Policy normalPolicy,
    boolean provisionalContainment,
    @Nullable AlertTrust alerts) {}
