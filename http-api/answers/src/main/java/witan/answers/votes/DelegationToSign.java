package witan.answers.votes;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import witan.domain.registry.Delegation;

/**
 * A delegation to sign.
 *
 * @param post path to post it to
 */
public record DelegationToSign(@JsonUnwrapped ToSign offer, Delegation delegation, String post) {}
