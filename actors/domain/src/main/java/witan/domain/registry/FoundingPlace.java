package witan.domain.registry;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.Refusal;
import witan.domain.governance.Eip712Domain;

/**
 * Where a council is founded: what its charter has to name, for a charter is for ever. Nothing that
 * a council of another name decides moves a case here, and a signature for another chain or
 * contract says nothing about this one.
 *
 * @param councilId whose registry is kept here
 * @param anchored whether the log is anchored to a chain; without one no charter can name it
 * @param domain in which the members of a council that is founded here sign; null where nothing is
 *     anchored, and before it is known to which contract
 */
public record FoundingPlace(String councilId, boolean anchored, @Nullable Eip712Domain domain) {
  /** Of every council's EIP-712 domain, so that wallets show the same everywhere. */
  public static final String DOMAIN_NAME = "Witan";

  public static final String DOMAIN_VERSION = "1";

  /** Without a chain. */
  public static FoundingPlace unanchored(String councilId) {
    return new FoundingPlace(councilId, false, null);
  }

  /** Whose log is to be anchored, when it is known to which contract. */
  public static FoundingPlace awaited(String councilId) {
    return new FoundingPlace(councilId, true, null);
  }

  /** Whose log is anchored to that contract. */
  public static FoundingPlace anchored(String councilId, long chainId, Address contract) {
    return new FoundingPlace(
        councilId, true, new Eip712Domain(DOMAIN_NAME, DOMAIN_VERSION, chainId, contract));
  }

  /**
   * Why a council of that charter cannot be founded here. Codes: {@code charter_other_council},
   * {@code charter_domain}, {@code charter_chain_unknown}, {@code charter_other_chain}, {@code
   * charter_other_contract}.
   */
  public Optional<Refusal> problem(Charter charter) {
    Eip712Domain said = charter.domain();
    if (!charter.councilId().equals(councilId)) {
      return refuse(
          "charter_other_council",
          "the charter is of council %s; here is the registry of %s, and no other"
              .formatted(charter.councilId(), councilId),
          "write councilId %s into the charter instead of %s and have it signed again; or start all nodes with WITAN_COUNCIL=%s on an empty database"
              .formatted(councilId, charter.councilId(), charter.councilId()));
    }
    if (!said.name().equals(DOMAIN_NAME) || !said.version().equals(DOMAIN_VERSION)) {
      return refuse(
          "charter_domain",
          "the charter's EIP-712 domain is not the one that councils sign in",
          "write domain name %s and version %s into the charter instead of %s and %s, and have it signed again"
              .formatted(DOMAIN_NAME, DOMAIN_VERSION, said.name(), said.version()));
    }
    if (!anchored) {
      return Optional.empty();
    }
    if (domain == null) {
      return refuse(
          "charter_chain_unknown",
          "the node does not know yet to which contract its log is anchored, and a charter names it",
          "wait until GET /v1/council/place names a domain; if it does not, GET /v1/anchors says why");
    }
    if (said.chainId() != domain.chainId()) {
      return refuse(
          "charter_other_chain",
          "the charter is for another chain than the one that the log is anchored to",
          "write chainId %d into the charter's domain instead of %d and have it signed again"
              .formatted(domain.chainId(), said.chainId()));
    }
    if (!said.verifyingContract().equals(domain.verifyingContract())) {
      return refuse(
          "charter_other_contract",
          "the charter is for another contract than the one that the log is anchored to",
          "write verifyingContract %s into the charter's domain instead of %s and have it signed again"
              .formatted(domain.verifyingContract(), said.verifyingContract()));
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refuse(String code, String message, String hint) {
    return Optional.of(new Refusal(code, message, hint));
  }
}
