package witan.chain.anchor;

/**
 * A signed transaction: the same bytes may be sent any number of times and take effect once.
 *
 * @param rawTransaction {@code 0x} and hexadecimal digits, as {@code eth_sendRawTransaction} takes
 *     it
 */
public record SignedAnchor(String rawTransaction, String txHash, long nonce) {}
