package witan.answers.votes;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a member is asked to sign.
 *
 * @param typedData as {@code eth_signTypedData_v4} takes it
 * @param digest the 32 bytes that it comes to, with 0x
 */
public record ToSign(JsonNode typedData, String digest) {}
