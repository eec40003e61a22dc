package witan.signing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.ballot.AdoptLogStruct;
import witan.ballot.DelegationStruct;
import witan.ballot.Eip712;
import witan.ballot.FoundingStruct;
import witan.ballot.Hex;
import witan.ballot.KeyRotationStruct;
import witan.ballot.ProposalStruct;
import witan.ballot.ReceiptStruct;
import witan.ballot.VetoStruct;
import witan.ballot.VoteStruct;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Ballot;
import witan.domain.governance.Eip712Domain;
import witan.domain.proposal.SignedDraft;
import witan.domain.proposal.Voting;
import witan.domain.registry.AdoptLog;
import witan.domain.registry.Delegation;
import witan.domain.registry.KeyRotation;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.Statement;
import witan.domain.registry.Veto;

/**
 * What members sign, as {@code eth_signTypedData_v4} takes it (EIP-712), and the 32 bytes that it
 * comes to. An offer holds both, {@code typedData} and {@code digest}; its JSON is written from the
 * very type strings that are hashed.
 */
public final class TypedData {
  private static final String DOMAIN =
      "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";

  private TypedData() {}

  public static byte[] digest(Eip712Domain domain, Ballot ballot) {
    return vote(ballot).digest(separator(domain));
  }

  public static byte[] foundingDigest(Eip712Domain domain, Digest charterHash, Address founder) {
    return new FoundingStruct(charterHash.hex(), founder.hex()).digest(separator(domain));
  }

  public static byte[] digest(Eip712Domain domain, Delegation delegation) {
    return struct(delegation).digest(separator(domain));
  }

  public static byte[] digest(Eip712Domain domain, KeyRotation rotation) {
    return struct(rotation).digest(separator(domain));
  }

  public static byte[] digest(Eip712Domain domain, Veto veto) {
    return struct(veto).digest(separator(domain));
  }

  public static byte[] digest(Eip712Domain domain, MemberStatement statement) {
    return StatementStructs.digest(statement, separator(domain));
  }

  public static Map<String, Object> offer(Eip712Domain domain, Ballot ballot) {
    VoteStruct vote = vote(ballot);
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("proposalId", vote.proposalId());
    message.put("proposalHash", vote.proposalHash());
    message.put("voter", vote.voter());
    message.put("support", vote.support());
    // A uint256 does not fit a JSON number.
    message.put("optionMask", vote.optionMask().toString());
    message.put("nonce", vote.nonce());
    message.put("deadline", vote.deadline());
    message.put("reasonHash", vote.reasonHash());
    return offer(domain, "Vote", VoteStruct.TYPE, message, vote.digest(separator(domain)));
  }

  public static byte[] digest(Eip712Domain domain, SignedDraft signed, Digest contentHash) {
    return proposal(signed, contentHash).digest(separator(domain));
  }

  public static Map<String, Object> offer(
      Eip712Domain domain, SignedDraft signed, Digest contentHash) {
    ProposalStruct proposal = proposal(signed, contentHash);
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("contentHash", proposal.contentHash());
    message.put("proposer", proposal.proposer());
    message.put("nonce", proposal.nonce());
    message.put("deadline", proposal.deadline());
    return offer(
        domain, "Proposal", ProposalStruct.TYPE, message, proposal.digest(separator(domain)));
  }

  public static byte[] receiptDigest(
      Eip712Domain domain, Digest proposalId, Digest proposalHash, Address voter) {
    return receipt(proposalId, proposalHash, voter).digest(separator(domain));
  }

  public static Map<String, Object> receiptOffer(Voting voting, Digest proposalId, Address voter) {
    ReceiptStruct receipt = receipt(proposalId, voting.proposalHash(), voter);
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("proposalId", receipt.proposalId());
    message.put("proposalHash", receipt.proposalHash());
    message.put("voter", receipt.voter());
    Eip712Domain domain = voting.domain();
    return offer(domain, "Receipt", ReceiptStruct.TYPE, message, receipt.digest(separator(domain)));
  }

  private static ReceiptStruct receipt(Digest proposalId, Digest proposalHash, Address voter) {
    return new ReceiptStruct(proposalId.hex(), proposalHash.hex(), voter.hex());
  }

  private static ProposalStruct proposal(SignedDraft signed, Digest contentHash) {
    return new ProposalStruct(
        contentHash.hex(), signed.proposer().hex(), signed.nonce(), signed.deadline());
  }

  public static Map<String, Object> offer(Eip712Domain domain, Delegation delegation) {
    DelegationStruct struct = struct(delegation);
    Map<String, Object> message = message(struct.council());
    message.put("delegator", struct.delegator());
    message.put("delegatee", struct.delegatee());
    message.put("scope", struct.scope());
    message.put("nonce", struct.nonce());
    message.put("expiry", struct.expiry());
    return offer(domain, "Delegation", struct.type(), message, struct.digest(separator(domain)));
  }

  public static Map<String, Object> offer(Eip712Domain domain, KeyRotation rotation) {
    KeyRotationStruct struct = struct(rotation);
    Map<String, Object> message = message(struct.council());
    message.put("oldKey", struct.oldKey());
    message.put("newKey", struct.newKey());
    message.put("nonce", struct.nonce());
    message.put("deadline", struct.deadline());
    return offer(domain, "KeyRotation", struct.type(), message, struct.digest(separator(domain)));
  }

  public static Map<String, Object> offer(Eip712Domain domain, Veto veto) {
    VetoStruct struct = struct(veto);
    Map<String, Object> message = message(struct.council());
    message.put("proposalId", struct.proposalId());
    message.put("proposalHash", struct.proposalHash());
    message.put("guardian", struct.guardian());
    message.put("reasonHash", struct.reasonHash());
    message.put("nonce", struct.nonce());
    message.put("deadline", struct.deadline());
    return offer(domain, "Veto", struct.type(), message, struct.digest(separator(domain)));
  }

  /** Of a member's statement about a case. */
  public static Map<String, Object> offer(Eip712Domain domain, MemberStatement statement) {
    return offer(
        domain,
        statement.getClass().getSimpleName(),
        StatementStructs.type(statement),
        StatementStructs.message(statement),
        digest(domain, statement));
  }

  public static byte[] digest(Eip712Domain domain, AdoptLog adoption) {
    return struct(adoption).digest(separator(domain));
  }

  private static AdoptLogStruct struct(AdoptLog a) {
    return new AdoptLogStruct(
        a.council().hex(),
        a.oldSize(),
        a.oldRoot().hex(),
        a.newOrigin().hex(),
        a.reasonHash().hex(),
        a.member().hex(),
        a.nonce(),
        a.deadline());
  }

  private static Map<String, Object> message(@Nullable String council) {
    Map<String, Object> message = new LinkedHashMap<>();
    if (council != null) {
      message.put("council", council);
    }
    return message;
  }

  private static @Nullable String council(Statement statement) {
    Digest council = statement.council();
    return council == null ? null : council.hex();
  }

  /** What a member is asked to sign, for more to be added. */
  private static Map<String, Object> offer(
      Eip712Domain domain, String name, String type, Map<String, Object> message, byte[] digest) {
    Map<String, Object> offer = new LinkedHashMap<>();
    offer.put("typedData", json(domain, name, type, message));
    offer.put("digest", Hex.of(digest));
    return offer;
  }

  private static Map<String, Object> json(
      Eip712Domain domain, String name, String type, Map<String, Object> message) {
    Map<String, Object> of = new LinkedHashMap<>();
    of.put("name", domain.name());
    of.put("version", domain.version());
    of.put("chainId", domain.chainId());
    of.put("verifyingContract", domain.verifyingContract().hex());

    Map<String, Object> types = new LinkedHashMap<>();
    types.put("EIP712Domain", fields(DOMAIN));
    types.put(name, fields(type));

    Map<String, Object> json = new LinkedHashMap<>();
    json.put("types", types);
    json.put("primaryType", name);
    json.put("domain", of);
    json.put("message", message);
    return json;
  }

  private static DelegationStruct struct(Delegation d) {
    return new DelegationStruct(
        council(d),
        d.delegator().hex(),
        d.delegatee().hex(),
        d.scope().hex(),
        d.nonce(),
        d.expiry());
  }

  private static VetoStruct struct(Veto v) {
    return new VetoStruct(
        council(v),
        Hex.of(v.proposalId().bytes()),
        Hex.of(v.proposalHash().bytes()),
        v.guardian().hex(),
        Hex.of(v.reasonHash().bytes()),
        v.nonce(),
        v.deadline());
  }

  private static KeyRotationStruct struct(KeyRotation r) {
    return new KeyRotationStruct(
        council(r), r.oldKey().hex(), r.newKey().hex(), r.nonce(), r.deadline());
  }

  private static byte[] separator(Eip712Domain domain) {
    return Eip712.domainSeparator(
        new Eip712.Domain(
            domain.name(), domain.version(), domain.chainId(), domain.verifyingContract().hex()));
  }

  @SuppressWarnings("EnumOrdinal") // by Support's contract the ordinal is what is signed
  private static VoteStruct vote(Ballot ballot) {
    return new VoteStruct(
        Hex.of(ballot.proposalId().bytes()),
        Hex.of(ballot.proposalHash().bytes()),
        ballot.voter().hex(),
        ballot.support().ordinal(),
        ballot.optionMask(),
        ballot.nonce(),
        ballot.deadline(),
        Hex.of(ballot.reasonHash().bytes()));
  }

  /** {@code Name(type field,...)} as the list that wallets take. */
  private static List<Map<String, String>> fields(String type) {
    String inner = type.substring(type.indexOf('(') + 1, type.length() - 1);
    return List.of(inner.split(",", -1)).stream()
        .map(
            member -> {
              String[] parts = member.split(" ", 2);
              Map<String, String> field = new LinkedHashMap<>();
              field.put("name", parts[1]);
              field.put("type", parts[0]);
              return field;
            })
        .toList();
  }
}
