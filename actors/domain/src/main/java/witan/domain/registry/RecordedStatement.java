package witan.domain.registry;

/**
 * A member's statement and where the registry has it.
 *
 * @param registrySeq number of the registry's event that recorded it
 */
public record RecordedStatement(SignedStatement signed, long registrySeq) {}
