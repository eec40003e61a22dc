package witan.domain.governance;

import witan.domain.common.Address;

/** The EIP-712 domain of a council; fixed when it is founded, whatever is redeployed later. */
public record Eip712Domain(String name, String version, long chainId, Address verifyingContract) {}
