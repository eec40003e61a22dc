package witan.http.json;

import java.util.function.Supplier;
import witan.domain.common.Address;
import witan.domain.governance.SignedBy;
import witan.domain.proposal.SignatureCheck;
import witan.domain.registry.StatementCheck;
import witan.http.error.Problem;
import witan.signing.BallotSignatures;
import witan.signing.StatementSignatures;

/** Who must have signed a request; asked on the HTTP node, before anybody else is. */
public final class Signer {
  public static final SignatureCheck BALLOTS = new BallotSignatures();
  public static final StatementCheck STATEMENTS = new StatementSignatures();

  private Signer() {}

  /**
   * Refuses what somebody else signed.
   *
   * @param recovered asks {@link #BALLOTS} or {@link #STATEMENTS}
   * @throws Problem with a code of {@link SignedBy}
   */
  public static void require(Address signer, Supplier<Address> recovered) {
    SignedBy.problem(signer, recovered)
        .ifPresent(
            refusal -> {
              throw Problem.of(refusal);
            });
  }
}
