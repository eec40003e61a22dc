package witan.domain.settlement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Support;
import witan.domain.governance.Urgency;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Outcome;
import witan.domain.proposal.Phase;
import witan.domain.proposal.Voting;
import witan.domain.registry.Member;
import witan.domain.registry.RegistryState;
import witan.domain.stake.Attendance;
import witan.domain.stake.Shift;
import witan.domain.stake.Slashing;
import witan.domain.stake.StakeProfile;

/**
 * Who failed and who kept a duty in an urgent vote. A function of the sealed case, of its
 * electorate and of the registry as it was when the vote opened: all of these stand still, so that
 * whoever settles the case again, after a crash, says the same in the same parts.
 */
public final class Duty {
  private Duty() {}

  /** Whether the vote was decided by its deadline, not before it and not by a veto. */
  public static boolean ranToDeadline(CaseState sealed) {
    Outcome outcome = sealed.outcome();
    return outcome != null && !outcome.settled() && outcome.phase() != Phase.VETOED;
  }

  /**
   * The absences that cost something by the profile and the duty roster of the opening, by the
   * electors' order. Later changes of either can only make them cheaper.
   *
   * @param council the registry when the vote opened
   */
  public static List<Attendance> absences(
      CaseState sealed, Electorate electorate, RegistryState council) {
    Voting voting = sealed.voting();
    if (voting == null || !ranToDeadline(sealed) || electorate.urgency() != Urgency.URGENT) {
      return List.of();
    }
    StakeProfile profile = council.ledger().profile();
    List<Attendance> absences = new ArrayList<>();
    for (Elector elector : electorate.electors()) {
      CaseEvent.VoteCast cast = voting.votes().get(elector.address());
      boolean abstained = cast != null && cast.signed().ballot().support() == Support.ABSTAIN;
      if (cast != null && !abstained) {
        continue;
      }
      Attendance absence =
          new Attendance(
              elector.member(),
              abstained,
              elector.delegate() != null,
              inTime(voting, elector.member()));
      List<Shift> shifts = shifts(council, elector.member());
      if (Slashing.rate(profile, absence, shifts, voting.opensAt(), voting.deadline()) > 0) {
        absences.add(absence);
      }
    }
    return absences;
  }

  /** Handles of those who voted, abstentions included, during a shift; sorted. */
  public static List<String> kept(CaseState sealed, Electorate electorate, RegistryState council) {
    Voting voting = sealed.voting();
    TreeSet<String> kept = new TreeSet<>();
    if (voting != null && electorate.urgency() == Urgency.URGENT) {
      voting
          .votes()
          .forEach(
              (address, cast) ->
                  electorate
                      .elector(address)
                      .map(Elector::member)
                      .filter(
                          member ->
                              shifts(council, member).stream()
                                  .anyMatch(shift -> shift.covers(cast.at(), cast.at())))
                      .ifPresent(kept::add));
    }
    return List.copyOf(kept);
  }

  /** A notice counts that was logged in the first half of the window: it leaves time to vote. */
  private static @Nullable Digest inTime(Voting voting, String member) {
    Voting.Noticed noticed = voting.notices().get(member);
    Instant half = voting.opensAt().plus(voting.policy().window().dividedBy(2));
    return noticed == null || noticed.at().isAfter(half) ? null : noticed.notice().digest();
  }

  private static List<Shift> shifts(RegistryState council, String handle) {
    Member member = council.members().get(handle);
    return member == null ? List.of() : member.shifts();
  }
}
