package witan.answers.votes;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** What a voter signs to say that it knows of the vote. */
public record ReceiptToSign(@JsonUnwrapped ToSign offer) {}
