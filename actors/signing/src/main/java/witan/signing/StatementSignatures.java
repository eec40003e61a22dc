package witan.signing;

import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Eip712Domain;
import witan.domain.registry.AdoptLog;
import witan.domain.registry.Delegation;
import witan.domain.registry.FounderSignature;
import witan.domain.registry.KeyRotation;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.Statement;
import witan.domain.registry.StatementCheck;
import witan.domain.registry.Veto;

/** Recovers founders and the signers of statements to the registry. Thread-safe. */
public final class StatementSignatures implements StatementCheck {
  @Override
  public Address recover(Eip712Domain domain, Statement statement, String signature) {
    return Recovery.signer(signature, () -> digest(domain, statement));
  }

  @Override
  public Address recover(Eip712Domain domain, Digest charterHash, FounderSignature founder) {
    return Recovery.signer(
        founder.signature(),
        () -> TypedData.foundingDigest(domain, charterHash, founder.founder()));
  }

  private static byte[] digest(Eip712Domain domain, Statement statement) {
    if (statement instanceof Delegation d) {
      return TypedData.digest(domain, d);
    }
    if (statement instanceof MemberStatement m) {
      return TypedData.digest(domain, m);
    }
    if (statement instanceof AdoptLog a) {
      return TypedData.digest(domain, a);
    }
    return statement instanceof Veto v
        ? TypedData.digest(domain, v)
        : TypedData.digest(domain, (KeyRotation) statement);
  }
}
