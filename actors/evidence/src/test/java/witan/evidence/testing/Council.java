package witan.evidence.testing;

import static witan.domain.fixtures.CharterBuilder.aCharter;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import witan.ballot.DelegationStruct;
import witan.ballot.Eip712;
import witan.ballot.FoundingStruct;
import witan.ballot.Hex;
import witan.ballot.KeyRotationStruct;
import witan.ballot.ProposalStruct;
import witan.ballot.Signatures;
import witan.ballot.VetoStruct;
import witan.ballot.VoteStruct;
import witan.codec.hash.JcsContentHasher;
import witan.codec.playbook.PlaybookDigest;
import witan.codec.playbook.ShippedPlaybooks;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Ballot;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.proposal.Draft;
import witan.domain.proposal.Electorates;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.Charter;
import witan.domain.registry.Delegation;
import witan.domain.registry.FounderSignature;
import witan.domain.registry.Guardians;
import witan.domain.registry.KeyRotation;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.Seat;
import witan.domain.registry.SignedDelegation;
import witan.domain.registry.SignedRotation;
import witan.domain.registry.SignedStatement;
import witan.domain.registry.SignedVeto;
import witan.domain.registry.Veto;
import witan.domain.reputation.Verdict;
import witan.signing.TypedData;

/** Four members with their keys; any two worlds with different salts know nothing of each other. */
public record Council(int salt, Charter charter) {
  public static final JcsContentHasher HASHER = new JcsContentHasher();
  public static final Policy POLICY =
      aPolicy()
          .lateQuorumExtension(Duration.ofMinutes(1))
          .minimumHolding(Duration.ofDays(1))
          .build();

  /** Playbook 0 isolates a pod in two steps that can be taken back; playbook 1 deletes it. */
  public static final List<JsonNode> PLAYBOOKS =
      List.of(ShippedPlaybooks.isolateWorkload().document(), delete());

  /** Of every statement about a case. */
  public static final String REASON = "The owner says so";

  /** One step, which asks a person. */
  public static final JsonNode ASKING = asking();

  /** The value that is signed is the position. */
  private static final List<Support> SUPPORT =
      List.of(Support.AGAINST, Support.FOR, Support.ABSTAIN);

  private static final int[] TOKENS = {30, 25, 25, 20};

  /** One step, which nothing takes back. */
  private static JsonNode delete() {
    ObjectNode book = ShippedPlaybooks.isolateWorkload().document().deepCopy();
    book.put("name", "Delete the pod").put("impact", 60);
    ObjectNode workflow = (ObjectNode) book.get("workflow");
    List<String> actions =
        workflow.properties().stream()
            .map(Map.Entry::getKey)
            .filter(id -> id.startsWith("action--"))
            .toList();
    ObjectNode only = (ObjectNode) workflow.get(actions.get(0));
    only.set("on_completion", workflow.get(actions.get(1)).get("on_completion"));
    only.remove("step_extensions");
    ObjectNode command = (ObjectNode) only.withArray("commands").get(0);
    command.put("command", "delete-pod").putObject("parameters");
    workflow.remove(actions.get(1));
    return book;
  }

  private static JsonNode asking() {
    ObjectNode book = delete().deepCopy();
    String agent = "individual--178637b3-87db-5b00-a088-e38db60335ae";
    ((ObjectNode) book.get("agent_definitions"))
        .putObject(agent)
        .put("type", "individual")
        .put("name", "Whoever is on duty");
    book.get("workflow")
        .forEach(
            step -> {
              if (step.path("type").asText().equals("action")) {
                ((ObjectNode) step).put("agent", agent).remove("targets");
                ((ObjectNode) step)
                    .putArray("commands")
                    .addObject()
                    .put("type", "manual")
                    .put("command", "Ask the owner.");
              }
            });
    return book.put("name", "Ask first");
  }

  /** That a step was done; signed by that member, whoever is named. */
  public SignedStatement confirmation(
      CaseId caseId, String step, int member, int signer, Instant deadline) {
    MemberStatement statement =
        new MemberStatement.ConfirmStep(
            charterHash(),
            HASHER.text(caseId.value()),
            HASHER.text(step),
            true,
            HASHER.text(REASON),
            address(member),
            1,
            deadline.getEpochSecond());
    return new SignedStatement(
        statement, REASON, sign(TypedData.digest(charter.domain(), statement), signer));
  }

  /** What a case turned out to be, recorded; signed by that member, whoever is named. */
  public RegistryEvent.StatementRecorded verdict(
      CaseId caseId, Verdict verdict, int member, int signer, Instant at) {
    return verdict(caseId, verdict, member, signer, 1, at);
  }

  /** The same with a nonce. */
  public RegistryEvent.StatementRecorded verdict(
      CaseId caseId, Verdict verdict, int member, int signer, long nonce, Instant at) {
    return recorded(
        caseId,
        new MemberStatement.Verdict(
            charterHash(),
            HASHER.text(caseId.value()),
            verdict,
            HASHER.text(REASON),
            address(member),
            nonce,
            at.getEpochSecond() + 600),
        member,
        signer,
        at);
  }

  /** That containment is on again, recorded. */
  public RegistryEvent.StatementRecorded containmentOn(
      int member, int signer, long nonce, Instant at) {
    return recorded(
        null,
        new MemberStatement.ContainmentOn(
            charterHash(),
            Digest.ZERO,
            HASHER.text(REASON),
            address(member),
            nonce,
            at.getEpochSecond() + 600),
        member,
        signer,
        at);
  }

  private RegistryEvent.StatementRecorded recorded(
      @Nullable CaseId caseId, MemberStatement statement, int member, int signer, Instant at) {
    return new RegistryEvent.StatementRecorded(
        caseId,
        new SignedStatement(
            statement, REASON, sign(TypedData.digest(charter.domain(), statement), signer)),
        "member" + member,
        at);
  }

  /** That an execution ends early; signed by that member, whoever is named. */
  public SignedStatement abort(
      CaseId caseId, boolean undo, int member, int signer, Instant deadline) {
    String reason = "the wrong pod";
    MemberStatement statement =
        new MemberStatement.Abort(
            charterHash(),
            HASHER.text(caseId.value()),
            undo,
            HASHER.text(reason),
            address(member),
            1,
            deadline.getEpochSecond());
    return new SignedStatement(
        statement, reason, sign(TypedData.digest(charter.domain(), statement), signer));
  }

  public static Council of(int salt) {
    List<Seat> seats =
        IntStream.range(0, TOKENS.length)
            .mapToObj(
                i ->
                    new Seat(
                        "member" + i,
                        "organisation" + i % 2,
                        "operator",
                        address(salt, i),
                        BigInteger.valueOf(TOKENS[i])))
            .toList();
    Eip712Domain domain = new Eip712Domain("Witan", "1", 31_337, address(9, 9));
    return new Council(salt, new Charter("council", "A council", domain, seats, List.of(POLICY)));
  }

  /** The same council with guardians. */
  public Council guarded(int... members) {
    return with(
        charter.policies(),
        null,
        Guardians.of(IntStream.of(members).mapToObj(i -> "member" + i).toList()));
  }

  /** The same council with other rules. */
  public Council under(List<Policy> policies, PolicyTable table) {
    return with(policies, table, Guardians.NONE);
  }

  private Council with(List<Policy> policies, PolicyTable table, Guardians guardians) {
    return new Council(
        salt, aCharter(charter).policies(policies).table(table).guardians(guardians).build());
  }

  public static Digest playbook(int number) {
    return PlaybookDigest.of(PLAYBOOKS.get(number));
  }

  private static byte[] key(int salt, int member) {
    return HASHER.text("key " + salt + " " + member).bytes();
  }

  private static Address address(int salt, int member) {
    return new Address(Hex.of(Signatures.addressOf(key(salt, member))));
  }

  public Address address(int member) {
    return address(salt, member);
  }

  public Electorate electorate() {
    return Electorates.founding(charter);
  }

  public RegistryEvent.CouncilFounded founding(Instant at) {
    Digest hash = HASHER.charter(charter);
    List<FounderSignature> signatures =
        IntStream.range(0, charter.seats().size())
            .mapToObj(i -> new FounderSignature(address(i), founding(hash, i)))
            .toList();
    return new RegistryEvent.CouncilFounded(charter, hash, signatures, null, at);
  }

  private String founding(Digest hash, int member) {
    byte[] digest = new FoundingStruct(hash.hex(), address(member).hex()).digest(separator());
    return Hex.of(Signatures.sign(digest, key(salt, member)));
  }

  /** Signed by the member, whoever the ballot names. */
  public SignedBallot sign(Ballot b, int member) {
    VoteStruct vote =
        new VoteStruct(
            b.proposalId().hex(),
            b.proposalHash().hex(),
            b.voter().hex(),
            SUPPORT.indexOf(b.support()),
            b.optionMask(),
            b.nonce(),
            b.deadline(),
            b.reasonHash().hex());
    return new SignedBallot(
        b, Hex.of(Signatures.sign(vote.digest(separator()), key(salt, member))));
  }

  /** The other signature of the same key over the same digest, which nobody has to make. */
  public static String highS(String signature) {
    byte[] bytes = Hex.bytes(signature, 65);
    BigInteger n =
        new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    byte[] s = n.subtract(new BigInteger(1, bytes, 32, 32)).toByteArray();
    byte[] flipped = bytes.clone();
    int from = Math.max(0, s.length - 32);
    System.arraycopy(s, from, flipped, 64 - (s.length - from), s.length - from);
    flipped[64] = (byte) (bytes[64] == 27 ? 28 : 27);
    return Hex.of(flipped);
  }

  /** Over any digest. */
  public String sign(byte[] digest, int member) {
    return Hex.of(Signatures.sign(digest, key(salt, member)));
  }

  public SignedDraft propose(Draft draft, int member, long deadline) {
    ProposalStruct struct =
        new ProposalStruct(HASHER.draft(draft).hex(), address(member).hex(), 1, deadline);
    return new SignedDraft(
        draft,
        address(member),
        1,
        deadline,
        Hex.of(Signatures.sign(struct.digest(separator()), key(salt, member))));
  }

  /** By which statements name this council. */
  public Digest charterHash() {
    return HASHER.charter(charter);
  }

  /** Signed by that member, whoever delegates. */
  public SignedDelegation delegation(int from, int to, long expiry, int signer) {
    return delegation(charterHash(), from, to, expiry, signer);
  }

  /** Said to the council of that charter; null, as it was signed before 2026-12. */
  public SignedDelegation delegation(
      @Nullable Digest council, int from, int to, long expiry, int signer) {
    Delegation d = new Delegation(council, address(from), address(to), Digest.ZERO, 1, expiry);
    byte[] digest =
        new DelegationStruct(
                council == null ? null : council.hex(),
                d.delegator().hex(),
                d.delegatee().hex(),
                d.scope().hex(),
                d.nonce(),
                d.expiry())
            .digest(separator());
    return new SignedDelegation(d, Hex.of(Signatures.sign(digest, key(salt, signer))));
  }

  /** Signed by that member for its own key. */
  public SignedRotation revocation(int member) {
    KeyRotation r =
        new KeyRotation(
            charterHash(),
            address(member),
            KeyRotation.NOBODY,
            1,
            Story.START.plus(Duration.ofDays(1)).getEpochSecond());
    byte[] digest =
        new KeyRotationStruct(
                charterHash().hex(), r.oldKey().hex(), r.newKey().hex(), r.nonce(), r.deadline())
            .digest(separator());
    return new SignedRotation(r, Hex.of(Signatures.sign(digest, key(salt, member))), null);
  }

  /** Signed by that member, whoever is named. */
  public SignedVeto veto(CaseId caseId, Digest proposalHash, int guardian, int signer) {
    String reason = "It would cut off the hospital";
    Veto v =
        new Veto(
            charterHash(),
            HASHER.text(caseId.value()),
            proposalHash,
            address(guardian),
            HASHER.text(reason),
            1,
            Story.START.plusSeconds(3_600).getEpochSecond());
    byte[] digest =
        new VetoStruct(
                charterHash().hex(),
                v.proposalId().hex(),
                v.proposalHash().hex(),
                v.guardian().hex(),
                v.reasonHash().hex(),
                v.nonce(),
                v.deadline())
            .digest(separator());
    return new SignedVeto(v, reason, Hex.of(Signatures.sign(digest, key(salt, signer))));
  }

  private byte[] separator() {
    Eip712Domain d = charter.domain();
    return Eip712.domainSeparator(
        new Eip712.Domain(d.name(), d.version(), d.chainId(), d.verifyingContract().hex()));
  }
}
