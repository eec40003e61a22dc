package witan.answers.council;

import witan.domain.common.Digest;
import witan.domain.governance.Policy;

/** A policy, and the digest that proposals name it by. */
public record PolicyLine(Digest digest, Policy policy) {}
