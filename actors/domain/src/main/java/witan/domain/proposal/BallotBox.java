package witan.domain.proposal;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.JsonNumbers;
import witan.domain.common.Refusal;
import witan.domain.governance.Ballot;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.SignedBy;
import witan.domain.governance.Support;

/**
 * Takes ballots. The checks, in this order, each with its code: numbers out of range {@code
 * ballot_out_of_range}; the same ballot again: Repeated; {@code case_not_found}, {@code
 * case_closed}, {@code voting_not_open}; the electorate (Missing); {@code idempotency_key_invalid},
 * {@code idempotency_key_reused}; {@code voting_closed}; {@code wrong_proposal}; {@code
 * not_a_member}; {@code double_vote}, or where votes can be replaced {@code stale_nonce}, {@code
 * too_many_replacements}; {@code wrong_option_mask}; {@code signature_expired}; those of {@link
 * SignedBy}. A voter's first ballot may have every nonce from 0, each later one a greater one than
 * the last. A member without weight may vote: it changes no sum, but counts as taking part, and
 * carries what was delegated to it.
 */
final class BallotBox {
  /** How often one member may vote on one proposal, where votes can be replaced. */
  static final int MAX_BALLOTS = 20;

  private static final int MAX_KEY = 255;

  private final ContentHasher hasher;
  private final ContentLookup lookup;
  private final SignatureCheck signatures;
  private final Delegators delegators = new Delegators();

  BallotBox(ContentHasher hasher, ContentLookup lookup, SignatureCheck signatures) {
    this.hasher = hasher;
    this.lookup = lookup;
    this.signatures = signatures;
  }

  Decision<CaseEvent> cast(CaseState s, CaseCommand.CastVote c, Instant now) {
    Ballot ballot = c.signed().ballot();
    if (!JsonNumbers.natural(ballot.nonce())
        || !JsonNumbers.natural(ballot.deadline())
        || ballot.optionMask().bitLength() > 256) {
      return Decision.refuse(
          "ballot_out_of_range",
          "nonce and deadline are from 0 to 2^53 - 1, the option mask has at most 256 bits",
          "sign a ballot within these limits");
    }
    Digest digest = hasher.ballot(c.signed());
    Long before = s.seqByKey().get(CaseKeys.ballot(digest));
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    Voting v = s.voting();
    if (s.phase() == Phase.UNOPENED || s.phase() == Phase.CLOSED) {
      return Phases.wrong(s, Phase.VOTING);
    }
    if (v == null || now.isBefore(v.opensAt())) {
      return Decision.refuse("voting_not_open", "there is no vote yet", "wait until it opens");
    }
    Electorate electorate = lookup.electorate(v.content().snapshotDigest());
    if (electorate == null) {
      return new Decision.Missing<>(v.content().snapshotDigest());
    }
    List<CaseEvent> overdue = Deciding.overdue(s, now);
    CaseState reached = overdue.stream().reduce(s, CaseFold::apply, (a, b) -> b);
    Decision<CaseEvent> decision = cast(reached, c, electorate, digest, now);
    if (overdue.isEmpty() || !(decision instanceof Decision.Accepted<CaseEvent> accepted)) {
      return decision;
    }
    return Decision.accept(Stream.concat(overdue.stream(), accepted.events().stream()).toList());
  }

  private Decision<CaseEvent> cast(
      CaseState s, CaseCommand.CastVote c, Electorate electorate, Digest digest, Instant now) {
    Voting v = Objects.requireNonNull(s.voting());
    Ballot ballot = c.signed().ballot();
    Optional<Refusal> refusal =
        badKey(s, c.idempotencyKey())
            .or(() -> closed(v, now))
            .or(() -> wrongProposal(s, v, ballot));
    if (refusal.isPresent()) {
      return new Decision.Refused<>(refusal.get());
    }
    Elector elector = electorate.elector(ballot.voter()).orElse(null);
    if (elector == null) {
      return Decision.refuse(
          "not_a_member",
          ballot.voter() + " is not in the electorate of this case",
          "vote with the key of a member who held tokens before the first alert");
    }
    CaseEvent.VoteCast previous = v.votes().get(ballot.voter());
    refusal =
        another(v, previous, ballot)
            .or(() -> badBallot(v, ballot, now))
            .or(
                () ->
                    SignedBy.problem(
                        ballot.voter(), () -> signatures.recover(v.domain(), c.signed())));
    if (refusal.isPresent()) {
      return new Decision.Refused<>(refusal.get());
    }
    Address delegate = elector.delegate();
    CaseEvent.VoteCast vote =
        new CaseEvent.VoteCast(
            c.signed(),
            digest,
            elector.organisation(),
            elector.weight(),
            delegated(v, electorate, ballot.voter()),
            previous == null && delegate != null && v.votes().containsKey(delegate)
                ? delegate
                : null,
            previous == null ? 1 : previous.ordinal() + 1,
            s.phase() == Phase.VOTING,
            c.idempotencyKey(),
            now);
    return Decision.accept(Deciding.after(v, vote, electorate));
  }

  /** Of those who have delegated to the voter and not voted themselves. */
  private BigInteger delegated(Voting v, Electorate electorate, Address voter) {
    return delegators.of(voter, v.content().snapshotDigest(), electorate).stream()
        .filter(d -> !v.votes().containsKey(d.address()))
        .map(Elector::weight)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static Optional<Refusal> another(
      Voting v, CaseEvent.@Nullable VoteCast previous, Ballot ballot) {
    if (previous == null) {
      return Optional.empty();
    }
    if (!v.policy().replaceable()) {
      return refuse(
          "double_vote",
          ballot.voter() + " has voted",
          "votes cannot be changed under this policy");
    }
    if (ballot.nonce() <= previous.signed().ballot().nonce()) {
      return refuse(
          "stale_nonce",
          "the nonce is not greater than that of the ballot it would replace",
          "sign with a nonce above " + previous.signed().ballot().nonce());
    }
    return previous.ordinal() >= MAX_BALLOTS
        ? refuse(
            "too_many_replacements",
            ballot.voter() + " has voted " + MAX_BALLOTS + " times",
            "the last ballot stands")
        : Optional.empty();
  }

  private static Optional<Refusal> badKey(CaseState s, @Nullable String key) {
    if (key == null) {
      return Optional.empty();
    }
    if (key.isBlank() || key.length() > MAX_KEY) {
      return refuse(
          "idempotency_key_invalid",
          "an idempotency key has 1 to " + MAX_KEY + " characters",
          "use a UUID");
    }
    return s.seqByKey().containsKey(CaseKeys.caller(key))
        ? refuse(
            "idempotency_key_reused",
            "the idempotency key came with another ballot",
            "use a new key for each ballot")
        : Optional.empty();
  }

  private static Optional<Refusal> closed(Voting v, Instant now) {
    return now.isBefore(v.deadline())
        ? Optional.empty()
        : refuse("voting_closed", "the vote ended at " + v.deadline(), "read the decision");
  }

  private Optional<Refusal> wrongProposal(CaseState s, Voting v, Ballot ballot) {
    return ballot.proposalId().equals(hasher.text(String.valueOf(s.caseId())))
            && ballot.proposalHash().equals(v.proposalHash())
        ? Optional.empty()
        : refuse(
            "wrong_proposal",
            "the ballot was signed for another proposal",
            "sign the id and the hash of this proposal");
  }

  private static Optional<Refusal> badBallot(Voting v, Ballot ballot, Instant now) {
    if (!maskFits(ballot, v.content().choices())) {
      return refuse(
          "wrong_option_mask",
          "a FOR ballot approves at least one of the options, others have no bits",
          "set bit i for option i; after an incident's options comes no action");
    }
    return ballot.deadline() > now.getEpochSecond()
        ? Optional.empty()
        : refuse("signature_expired", "the signature has expired", "sign with a later deadline");
  }

  private static boolean maskFits(Ballot ballot, int options) {
    BigInteger mask = ballot.optionMask();
    return ballot.support() == Support.FOR
        ? mask.signum() > 0 && mask.bitLength() <= options
        : mask.signum() == 0;
  }

  private static Optional<Refusal> refuse(String code, String message, String hint) {
    return Optional.of(new Refusal(code, message, hint));
  }
}
