package witan.answers.council;

import org.jspecify.annotations.Nullable;
import witan.domain.governance.Eip712Domain;

/**
 * What a charter has to name to found the council here.
 *
 * @param anchored whether the log is anchored to a chain
 * @param domain null where it is not, and before it is known to which contract
 */
public record FoundingPlaceAnswer(
    String councilId, boolean anchored, @Nullable Eip712Domain domain) {}
