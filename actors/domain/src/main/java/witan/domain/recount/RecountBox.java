package witan.domain.recount;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.governance.Approvers;
import witan.domain.governance.Ballot;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Movable;
import witan.domain.governance.Support;
import witan.domain.governance.Tally;
import witan.domain.proposal.CaseEvent;

/**
 * The ballot box of the recount. It thinks of weights, not of ballots: every elector's weight lies
 * in one place, that of the elector's own ballot, else that of the delegate's, else nowhere; a
 * ballot moves its voter's weight, and those of the delegators who have not voted. The case keeps
 * running sums per ballot instead, so that the two can disagree.
 */
final class RecountBox {
  private final Electorate electorate;
  private final BigInteger total;
  private final Map<Address, List<Elector>> delegators = new HashMap<>();
  private final boolean replaceable;

  /** The last ballot of everybody who voted. */
  private final Map<Address, CaseEvent.VoteCast> voted = new HashMap<>();

  /** Where the weight of an elector lies. */
  private final Map<Address, Ballot> places = new HashMap<>();

  private final Sums all;
  private final Sums movable;

  /** Power by support (AGAINST, FOR, ABSTAIN) and by option. */
  private static final class Sums {
    private final Map<Support, BigInteger> sides = new HashMap<>();
    private final BigInteger[] approvals;

    Sums(int choices) {
      approvals = new BigInteger[choices];
      Arrays.fill(approvals, BigInteger.ZERO);
    }

    void add(Ballot ballot, BigInteger weight) {
      sides.merge(ballot.support(), weight, BigInteger::add);
      for (int i = 0; i < approvals.length; i++) {
        if (ballot.optionMask().testBit(i)) {
          approvals[i] = approvals[i].add(weight);
        }
      }
    }

    BigInteger of(Support support) {
      return sides.getOrDefault(support, BigInteger.ZERO);
    }
  }

  RecountBox(Electorate electorate, boolean replaceable, int choices) {
    this.electorate = electorate;
    this.total = electorate.total();
    this.replaceable = replaceable;
    this.all = new Sums(choices);
    this.movable = new Sums(choices);
    for (Elector elector : electorate.electors()) {
      Address delegate = elector.delegate();
      if (delegate != null) {
        delegators.computeIfAbsent(delegate, d -> new ArrayList<>()).add(elector);
      }
    }
  }

  /** Takes a ballot; what is wrong with the weights that it claims, for a person. */
  Optional<String> take(CaseEvent.VoteCast e) {
    Ballot ballot = e.signed().ballot();
    Address voter = ballot.voter();
    Elector elector = electorate.elector(voter).orElse(null);
    if (elector == null
        || !elector.weight().equals(e.weight())
        || !elector.organisation().equals(e.organisation())) {
      return Optional.of("voter, organisation and weight are not in the electorate");
    }
    CaseEvent.VoteCast before = voted.get(voter);
    if (before != null && !replaceable) {
      return Optional.of(voter + " voted twice");
    }
    if (before != null && ballot.nonce() <= before.signed().ballot().nonce()) {
      return Optional.of("its nonce is not above that of the ballot before");
    }
    if (e.ordinal() != (before == null ? 1 : before.ordinal() + 1)) {
      return Optional.of("it is not the voter's ballot number " + e.ordinal());
    }
    Ballot overridden = before == null ? places.get(voter) : null;
    Address delegate = overridden == null ? null : overridden.voter();
    if (delegate == null ? e.overrides() != null : !delegate.equals(e.overrides())) {
      return Optional.of("it overrides " + delegate);
    }
    move(elector, ballot);
    voted.put(voter, e);
    BigInteger carried = BigInteger.ZERO;
    for (Elector delegator : delegators.getOrDefault(voter, List.of())) {
      if (!voted.containsKey(delegator.address())) {
        move(delegator, ballot);
        carried = carried.add(delegator.weight());
      }
    }
    return carried.equals(e.delegatedWeight())
        ? Optional.empty()
        : Optional.of("it carries " + carried + " of delegators");
  }

  /** Weight lies under a delegate's ballot, or under one that may be replaced: it may move. */
  private void move(Elector elector, Ballot to) {
    Ballot from = places.put(elector.address(), to);
    if (from != null) {
      all.add(from, elector.weight().negate());
      if (mayMove(elector, from)) {
        movable.add(from, elector.weight().negate());
      }
    }
    all.add(to, elector.weight());
    if (mayMove(elector, to)) {
      movable.add(to, elector.weight());
    }
  }

  private boolean mayMove(Elector elector, Ballot ballot) {
    return replaceable || !ballot.voter().equals(elector.address());
  }

  Tally tally() {
    return new Tally(total, all.of(Support.FOR), all.of(Support.AGAINST), all.of(Support.ABSTAIN));
  }

  List<BigInteger> approvals() {
    return List.of(all.approvals);
  }

  Movable movable() {
    return new Movable(
        movable.of(Support.FOR),
        movable.of(Support.AGAINST),
        movable.of(Support.ABSTAIN),
        List.of(movable.approvals));
  }

  /** Counted from the electorate each time, and only where the policy asks for it. */
  Approvers approvers(int minimumApprovals) {
    if (minimumApprovals == 0) {
      return new Approvers(0, 0, 0);
    }
    Set<String> now = new HashSet<>();
    Set<String> possible = new HashSet<>();
    for (Elector elector : electorate.electors()) {
      CaseEvent.@Nullable VoteCast vote = voted.get(elector.address());
      boolean approves = vote != null && vote.signed().ballot().support() == Support.FOR;
      if (elector.weight().signum() > 0 && approves) {
        now.add(elector.organisation());
      }
      if (elector.weight().signum() > 0 && (approves || vote == null || replaceable)) {
        possible.add(elector.organisation());
      }
    }
    return new Approvers(replaceable ? 0 : now.size(), now.size(), possible.size());
  }
}
