package witan.domain.spi;

import witan.domain.common.Address;
import witan.domain.governance.Eip712Domain;
import witan.domain.registry.Statement;

/** Recovers who signed a statement to the registry (EIP-712); pure. */
@FunctionalInterface
public interface StatementCheck {
  /**
   * Who signed.
   *
   * @throws IllegalArgumentException when no address can be recovered: malformed, high s, ...
   */
  Address recover(Eip712Domain domain, Statement statement, String signature);
}
