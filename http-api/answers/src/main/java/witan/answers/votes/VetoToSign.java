package witan.answers.votes;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import witan.domain.registry.Veto;

/**
 * A veto to sign.
 *
 * @param post path to post it to
 */
public record VetoToSign(@JsonUnwrapped ToSign offer, Veto veto, String post) {}
