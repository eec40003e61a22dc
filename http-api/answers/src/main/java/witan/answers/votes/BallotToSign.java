package witan.answers.votes;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import witan.domain.governance.Ballot;

/**
 * A ballot to sign.
 *
 * @param votes path to post it to
 */
public record BallotToSign(@JsonUnwrapped ToSign offer, Ballot ballot, String votes) {}
