package witan.answers.votes;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A member's statement to sign.
 *
 * @param statement with its kind
 * @param post path to post it to
 */
public record StatementToSign(@JsonUnwrapped ToSign offer, JsonNode statement, String post) {}
