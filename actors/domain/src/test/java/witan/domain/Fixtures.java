package witan.domain;

import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.BallotBuilder.aBallot;
import static witan.domain.fixtures.CharterBuilder.aCharter;
import static witan.domain.fixtures.ElectorateBuilder.anElectorate;
import static witan.domain.fixtures.OptionBuilder.anOption;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.governance.Ballot;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignatureRefused;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.ContentHasher;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.Notice;
import witan.domain.proposal.ProposalContent;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignatureCheck;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.Charter;
import witan.domain.registry.FounderSignature;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.Seat;
import witan.domain.registry.SignedStatement;
import witan.domain.registry.SignedVeto;
import witan.domain.registry.Statement;
import witan.domain.registry.StatementCheck;

/** Values for tests. */
public final class Fixtures {
  public static final Instant START = Instant.parse("2026-11-23T01:02:03.000Z");
  public static final CaseId CASE = new CaseId("case-1");
  public static final String COUNCIL = "council";
  public static final String RAW = "{}";

  /** Hashes what records print: different values, different digests. */
  public static final ContentHasher HASHER =
      new ContentHasher() {
        @Override
        public Digest proposal(ProposalContent content) {
          return text(content.toString());
        }

        @Override
        public Digest policy(Policy policy) {
          return text(policy.toString());
        }

        @Override
        public Digest electorate(Electorate electorate) {
          return text(electorate.toString());
        }

        @Override
        public Digest charter(Charter charter) {
          return text(charter.toString());
        }

        @Override
        public Digest draft(Draft draft) {
          return text(draft.toString());
        }

        @Override
        public Digest ballot(SignedBallot signed) {
          return text(signed.toString());
        }

        @Override
        public Digest alert(Alert alert) {
          return text(alert.toString());
        }

        @Override
        public Digest text(String text) {
          try {
            return Digest.of(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
          } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
          }
        }
      };

  /** Says whom {@link #signature} names; nobody, where it is of something else. */
  public static final class Signatures implements SignatureCheck, StatementCheck {
    /** How often somebody asked. */
    public int asked;

    @Override
    public Address recover(Eip712Domain domain, SignedBallot signed) {
      return signer(domain, signed.ballot(), signed.signature());
    }

    @Override
    public Address recover(Eip712Domain domain, SignedDraft signed, Digest contentHash) {
      return signer(domain, contentHash, signed.signature());
    }

    @Override
    public Address recover(Eip712Domain domain, SignedStatement signed) {
      return signer(domain, signed.statement(), signed.signature());
    }

    @Override
    public Address recover(Eip712Domain domain, SignedVeto signed) {
      return signer(domain, signed.veto(), signed.signature());
    }

    @Override
    public Address recover(
        Eip712Domain domain,
        Digest proposalId,
        Digest proposalHash,
        Address voter,
        Digest digest,
        String signature) {
      String receipt = receipt(proposalId, proposalHash, voter);
      if (!digest.equals(HASHER.text(receipt))) {
        throw new SignatureRefused("notice_digest", "another digest");
      }
      return signer(domain, receipt, signature);
    }

    @Override
    public Address recover(Eip712Domain domain, Statement statement, String signature) {
      return signer(domain, statement, signature);
    }

    @Override
    public Address recover(Eip712Domain domain, Digest charterHash, FounderSignature founder) {
      return signer(domain, charterHash + "/" + founder.founder(), founder.signature());
    }

    private Address signer(Eip712Domain domain, Object what, String signature) {
      asked++;
      if (signature.length() != 132
          || !signature.startsWith("0x" + HASHER.text(domain + "/" + what).hex())) {
        throw new IllegalArgumentException("not a signature");
      }
      return new Address("0x" + signature.substring(90, 130));
    }
  }

  public static final SignatureCheck SIGNATURES = new Signatures();
  public static final StatementCheck STATEMENTS = new Signatures();

  private Fixtures() {}

  /** A signature of that key under the statement. */
  public static String sign(Statement statement, Address signer) {
    return signature(domain(), statement, signer);
  }

  /** A signature names what was signed, where, and by whom. */
  public static String signature(Eip712Domain domain, Object what, Address signer) {
    return "0x"
        + HASHER.text(domain + "/" + what).hex()
        + "0".repeat(24)
        + signer.hex().substring(2)
        + "1b";
  }

  private static String receipt(Digest proposalId, Digest proposalHash, Address voter) {
    return proposalId + "/" + proposalHash + "/" + voter;
  }

  /** That a voter knows of a vote, signed with that key in that domain. */
  public static Notice acknowledged(
      Eip712Domain domain, Digest proposalHash, int voter, Address signer) {
    String receipt = receipt(HASHER.text(CASE.value()), proposalHash, address(voter));
    return new Notice(
        "m" + voter,
        Notice.Channel.ACKNOWLEDGED,
        HASHER.text(receipt),
        signature(domain, receipt, signer));
  }

  public static Address address(int n) {
    return new Address("0x" + String.format("%040x", n));
  }

  public static BigInteger big(long n) {
    return BigInteger.valueOf(n);
  }

  public static Eip712Domain domain() {
    return new Eip712Domain("Council", "1", 1337, address(0xcccc));
  }

  public static Policy policy() {
    return policy(6000, 5100, CountingMode.PARTICIPATION);
  }

  public static Policy policy(int quorum, int support, CountingMode mode) {
    return aPolicy()
        .quorum(quorum)
        .support(support)
        .mode(mode)
        .lateQuorumExtension(Duration.ofSeconds(60))
        .minimumHolding(Duration.ofHours(24))
        .build();
  }

  /** What the policy may fall back to. */
  public static Policy normal(Policy like, Duration window, int quorum, int support) {
    return aPolicy(like)
        .named(like.name() + "-normal")
        .window(window)
        .quorum(quorum)
        .support(support)
        .build();
  }

  public static Policy policy(Policy like, int minimumApprovals, boolean replaceable) {
    return aPolicy(like).minimumApprovals(minimumApprovals).replaceable(replaceable).build();
  }

  /** Voter i (from 1) has the i-th weight. */
  public static Electorate electorate(long... weights) {
    List<Elector> electors = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      electors.add(
          new Elector(address(i + 1), "m" + (i + 1), "org" + (i % 2), big(weights[i]), null));
    }
    return new Electorate(COUNCIL, 1, Weighting.TOKEN, 10_000, Urgency.ROUTINE, electors);
  }

  /**
   * The electorate with delegations.
   *
   * @param delegates for voter 1, 2, ... the voter it delegates to; 0 for nobody
   */
  public static Electorate delegated(Electorate electorate, int... delegates) {
    List<Elector> electors = new ArrayList<>();
    for (Elector e : electorate.electors()) {
      int delegate = delegates[electors.size()];
      electors.add(
          new Elector(
              e.address(),
              e.member(),
              e.organisation(),
              e.weight(),
              delegate == 0 ? null : address(delegate)));
    }
    return anElectorate(electorate).electors(electors).build();
  }

  public static ResponseOption option(String title, int impact) {
    return anOption()
        .titled(title)
        .playbook(HASHER.text("playbook " + title))
        .impact(impact)
        .parameters(Map.of("cidr", "10.0.0.0/8"))
        .build();
  }

  public static Alert alert(int n) {
    return anAlert().id("a" + n).raw(HASHER.text("raw " + n)).build();
  }

  public static CaseCommand.RecordAlert record(int n) {
    return new CaseCommand.RecordAlert(CASE, COUNCIL, alert(n), RAW);
  }

  public static CaseCommand.OpenVoting open(
      Electorate electorate, Policy policy, List<ResponseOption> options) {
    return open(electorate, policy, null, options);
  }

  public static CaseCommand.OpenVoting open(
      Electorate electorate, Policy policy, Policy normal, List<ResponseOption> options) {
    return new CaseCommand.OpenVoting(
        options,
        policy,
        normal,
        HASHER.electorate(electorate),
        electorate.registrySeq(),
        electorate.total(),
        domain());
  }

  /**
   * The same vote, with what its options would touch.
   *
   * @param radius null where nobody tried them
   * @param containment whether something may be done before the decision
   */
  public static CaseCommand.OpenVoting open(
      CaseCommand.OpenVoting like, Digest radius, boolean containment) {
    return new CaseCommand.OpenVoting(
        like.options(),
        like.policy(),
        like.normal(),
        like.electorateDigest(),
        like.registrySeq(),
        like.total(),
        like.domain(),
        radius,
        containment);
  }

  public static Ballot ballot(Digest proposalHash, int voter, Support support, long mask) {
    return ballot(proposalHash, voter, support, mask, 1);
  }

  public static Ballot ballot(
      Digest proposalHash, int voter, Support support, long mask, long nonce) {
    return aBallot()
        .hash(proposalHash)
        .voter(address(voter))
        .support(support)
        .mask(big(mask))
        .nonce(nonce)
        .build();
  }

  public static SignedBallot sign(Ballot ballot) {
    return new SignedBallot(ballot, signature(domain(), ballot, ballot.voter()));
  }

  /** A member's proposal about one alert, or of a change. */
  public static CaseCommand.Propose propose(
      int proposer, List<ResponseOption> options, RegistryChange change) {
    ProposalKind kind = change == null ? ProposalKind.INCIDENT : DraftRules.kindOf(change);
    List<Digest> alerts = change == null ? List.of(HASHER.text("raw 1")) : List.of();
    return propose(proposer, new Draft(COUNCIL, kind, "Look at this", alerts, options, change));
  }

  public static CaseCommand.Propose propose(int proposer, Draft draft) {
    SignedDraft signed =
        new SignedDraft(
            draft,
            address(proposer),
            1,
            START.getEpochSecond() + 60,
            signature(domain(), HASHER.draft(draft), address(proposer)));
    return new CaseCommand.Propose(DraftRules.caseId(signed, HASHER), signed, domain());
  }

  public static Charter charter() {
    return aCharter().build();
  }

  public static List<FounderSignature> founders(Charter charter) {
    String hash = HASHER.charter(charter).toString();
    return charter.seats().stream()
        .map(Seat::address)
        .map(a -> new FounderSignature(a, signature(charter.domain(), hash + "/" + a, a)))
        .toList();
  }

  /** A lookup of content that can be filled later. */
  public static Map<Digest, Electorate> contents(Electorate... electorates) {
    Map<Digest, Electorate> contents = new HashMap<>();
    for (Electorate electorate : electorates) {
      contents.put(HASHER.electorate(electorate), electorate);
    }
    return contents;
  }
}
