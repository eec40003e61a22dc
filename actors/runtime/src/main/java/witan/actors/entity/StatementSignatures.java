package witan.actors.entity;

import witan.ballot.BallotException;
import witan.ballot.DelegationStruct;
import witan.ballot.Eip712;
import witan.ballot.Hex;
import witan.ballot.KeyRotationStruct;
import witan.ballot.Signatures;
import witan.ballot.VetoStruct;
import witan.domain.common.Address;
import witan.domain.governance.Eip712Domain;
import witan.domain.registry.Delegation;
import witan.domain.registry.KeyRotation;
import witan.domain.registry.Statement;
import witan.domain.registry.Veto;
import witan.domain.spi.StatementCheck;

/** Recovers the signers of statements to the registry. Thread-safe. */
public final class StatementSignatures implements StatementCheck {
  @Override
  public Address recover(Eip712Domain domain, Statement statement, String signature) {
    try {
      byte[] separator =
          Eip712.domainSeparator(
              new Eip712.Domain(
                  domain.name(),
                  domain.version(),
                  domain.chainId(),
                  domain.verifyingContract().hex()));
      byte[] digest = digest(statement, separator);
      return new Address(Hex.of(Signatures.recover(digest, Hex.bytes(signature, 65))));
    } catch (BallotException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static byte[] digest(Statement statement, byte[] separator) {
    if (statement instanceof Delegation d) {
      return new DelegationStruct(
              d.delegator().hex(), d.delegatee().hex(), d.scope().hex(), d.nonce(), d.expiry())
          .digest(separator);
    }
    if (statement instanceof Veto v) {
      return new VetoStruct(
              v.proposalId().hex(),
              v.proposalHash().hex(),
              v.guardian().hex(),
              v.reasonHash().hex(),
              v.nonce(),
              v.deadline())
          .digest(separator);
    }
    KeyRotation r = (KeyRotation) statement;
    return new KeyRotationStruct(r.oldKey().hex(), r.newKey().hex(), r.nonce(), r.deadline())
        .digest(separator);
  }
}
