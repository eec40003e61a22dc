package witan.answers.votes;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import witan.domain.registry.KeyRotation;

/**
 * A change of keys to sign.
 *
 * @param post path to post it to
 */
public record RotationToSign(@JsonUnwrapped ToSign offer, KeyRotation rotation, String post) {}
