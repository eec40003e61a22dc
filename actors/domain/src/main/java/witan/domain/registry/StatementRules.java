package witan.domain.registry;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.JsonNumbers;
import witan.domain.common.Refusal;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.SignedBy;

/**
 * Statements of members' keys. The checks, in this order: {@code statement_out_of_range}; the same
 * statement again: Repeated, while it is the newest of its key; {@code statement_not_this_council}
 * (another's, or none's); {@code not_a_member} (no member votes with that key), {@code
 * stale_nonce}, those of {@link SignedBy}. Then of a delegation that revokes nothing {@code
 * delegation_scope}, {@code delegation_expired}, {@code delegation_too_long}, {@code
 * delegate_not_a_member}; of a rotation {@code signature_expired}, {@code key_not_acknowledged} (or
 * acknowledged by nobody's key), {@code key_in_use}, {@code registry_full}.
 */
final class StatementRules {
  /** A delegation ends, and whoever still wants it signs again. */
  static final long MOST_SECONDS = 366L * 86_400;

  private final StatementCheck signatures;
  private final boolean ofVersion1;

  /**
   * The rules.
   *
   * @param ofVersion1 a statement may name no council, as it did before 2026-12
   */
  StatementRules(StatementCheck signatures, boolean ofVersion1) {
    this.signatures = signatures;
    this.ofVersion1 = ofVersion1;
  }

  Decision<RegistryEvent> delegate(
      RegistryState s, Eip712Domain domain, SignedDelegation signed, Instant at) {
    Delegation d = signed.delegation();
    Decision<RegistryEvent> answer = statement(s, domain, d, d.expiry(), signed.signature());
    if (answer != null) {
      return answer;
    }
    if (d.revokes()) {
      return Decision.accept(new RegistryEvent.DelegationRevoked(signed, at));
    }
    long now = at.getEpochSecond();
    if (d.urgencies() < 0) {
      return Decision.refuse(
          "delegation_scope",
          "the scope names no urgencies",
          "sign 0 for all, or set bit 0 for routine, 1 for elevated, 2 for urgent");
    }
    if (d.expiry() <= now) {
      return Decision.refuse(
          "delegation_expired", "the delegation has expired", "sign a later expiry");
    }
    if (d.expiry() - now > MOST_SECONDS) {
      return Decision.refuse(
          "delegation_too_long", "a delegation is for at most 366 days", "sign an earlier expiry");
    }
    return s.memberOf(d.delegatee()).isEmpty()
        ? Decision.refuse(
            "delegate_not_a_member",
            "no member votes with the key " + d.delegatee(),
            "delegate to the present key of a member")
        : Decision.accept(new RegistryEvent.Delegated(signed, at));
  }

  Decision<RegistryEvent> rotate(
      RegistryState s, Eip712Domain domain, SignedRotation signed, Instant at) {
    KeyRotation r = signed.rotation();
    Decision<RegistryEvent> answer = statement(s, domain, r, r.deadline(), signed.signature());
    if (answer != null) {
      return answer;
    }
    if (r.deadline() <= at.getEpochSecond()) {
      return Decision.refuse(
          "signature_expired", "the statement has expired", "sign with a later deadline");
    }
    String acknowledgement = signed.acknowledgement();
    boolean acknowledged =
        r.revokes()
            ? acknowledgement == null
            : acknowledgement != null && unsigned(domain, r, r.newKey(), acknowledgement).isEmpty();
    if (!acknowledged) {
      return Decision.refuse(
          "key_not_acknowledged",
          "a new key signs the rotation too, and a revocation has no second signature",
          "let both keys sign the same statement");
    }
    if (r.revokes()) {
      return Decision.accept(new RegistryEvent.KeyRevoked(signed, at));
    }
    if (s.keys().containsKey(r.newKey())) {
      return Decision.refuse(
          "key_in_use", r.newKey() + " is, or was, a member's key", "make a new key");
    }
    return s.keys().size() >= RegistryLimits.MAX_KEYS
        ? full()
        : Decision.accept(new RegistryEvent.KeyRotated(signed, at));
  }

  static Decision<RegistryEvent> full() {
    return Decision.refuse(
        "registry_full",
        "the registry has as many keys, changes or bonds as it can hold",
        "found a new council");
  }

  /** Null where the statement is its key's next word. */
  @Nullable Decision<RegistryEvent> statement(
      RegistryState s, Eip712Domain domain, Statement statement, long until, String signature) {
    if (!JsonNumbers.natural(statement.nonce()) || !JsonNumbers.natural(until)) {
      return Decision.refuse(
          "statement_out_of_range",
          "nonces and times are from 0 to 2^53 - 1",
          "sign a statement within these limits");
    }
    Key key = s.keys().get(statement.signer());
    if (key != null && key.nonce() == statement.nonce() && signature.equals(key.signature())) {
      return new Decision.Repeated<>(key.seq());
    }
    Digest council = statement.council();
    if (council == null ? !ofVersion1 : !council.equals(s.charterHash())) {
      return Decision.refuse(
          "statement_not_this_council",
          "the statement names "
              + (council == null ? "no council" : "the council of charter " + council)
              + ", this is the one of charter "
              + s.charterHash(),
          "sign the typed data that this council offers");
    }
    if (key == null || !key.active()) {
      return Decision.refuse(
          "not_a_member",
          "no member votes with the key " + statement.signer(),
          "sign with the present key of a member");
    }
    if (statement.nonce() <= key.nonce()) {
      return Decision.refuse(
          "stale_nonce",
          "the key has signed number " + key.nonce() + " before",
          "sign with a greater nonce");
    }
    return unsigned(domain, statement, statement.signer(), signature)
        .<Decision<RegistryEvent>>map(Decision.Refused::new)
        .orElse(null);
  }

  private Optional<Refusal> unsigned(
      Eip712Domain domain, Statement statement, Address signer, String signature) {
    return SignedBy.problem(signer, () -> signatures.recover(domain, statement, signature));
  }
}
