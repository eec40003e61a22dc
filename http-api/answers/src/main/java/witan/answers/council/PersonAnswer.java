package witan.answers.council;

import witan.domain.common.Identity;

/**
 * Who stands behind a pseudonym.
 *
 * @param by the pseudonym
 */
public record PersonAnswer(String by, Identity identity) {}
