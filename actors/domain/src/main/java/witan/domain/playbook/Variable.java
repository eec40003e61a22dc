package witan.domain.playbook;

import org.jspecify.annotations.Nullable;

/**
 * A playbook variable (CACAO v2, "Variables").
 *
 * @param value null where the playbook gives none
 * @param external a value may come from the proposal
 */
public record Variable(String type, @Nullable String value, boolean constant, boolean external) {}
