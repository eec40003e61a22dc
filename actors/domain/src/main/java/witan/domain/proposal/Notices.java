package witan.domain.proposal;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import witan.domain.common.Decision;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.spi.ContentLookup;

/**
 * Takes receipts of notifications until the vote is decided: only absences from votes that run to
 * their deadline are ever judged by them. One a member; what is known already is left out. Codes:
 * {@code voting_not_open}, {@code notices_size}, {@code voting_closed}, {@code not_a_member},
 * {@code notice_unsigned}.
 */
final class Notices {
  private final ContentLookup lookup;

  Notices(ContentLookup lookup) {
    this.lookup = lookup;
  }

  Decision<CaseEvent> record(CaseState s, CaseCommand.RecordNotices c, Instant now) {
    if (c.notices().isEmpty() || c.notices().size() > CaseCommand.RecordNotices.MAX_NOTICES) {
      return Decision.refuse(
          "notices_size",
          "1 to " + CaseCommand.RecordNotices.MAX_NOTICES + " receipts at a time",
          "send more in parts");
    }
    Voting v = s.voting();
    if (v == null) {
      return s.phase() == Phase.OBSERVING
          ? Decision.refuse("voting_not_open", "there is no vote yet", "wait until it opens")
          : Phases.wrong(s, Phase.VOTING);
    }
    Set<String> seen = new HashSet<>(v.notices().keySet());
    List<Notice> fresh = c.notices().stream().filter(n -> seen.add(n.member())).toList();
    if (fresh.isEmpty()) {
      Long before = s.seqByKey().get(CaseKeys.notice(c.notices().get(0).member()));
      return new Decision.Repeated<>(before == null ? s.seq() : before);
    }
    if (s.phase() == Phase.CLOSED) {
      return Phases.closed(s);
    }
    if (s.phase() != Phase.VOTING || !now.isBefore(v.deadline())) {
      return Decision.refuse(
          "voting_closed", "the vote is decided, or over", "nothing is asked of voters any more");
    }
    Electorate electorate = lookup.electorate(v.content().snapshotDigest());
    if (electorate == null) {
      return new Decision.Missing<>(v.content().snapshotDigest());
    }
    Set<String> members =
        electorate.electors().stream().map(Elector::member).collect(Collectors.toSet());
    for (Notice notice : fresh) {
      if (!members.contains(notice.member())) {
        return Decision.refuse(
            "not_a_member",
            notice.member() + " is not in the electorate of this case",
            "notify electors");
      }
      if ((notice.channel() == Notice.Channel.ACKNOWLEDGED) != (notice.signature() != null)) {
        return Decision.refuse(
            "notice_unsigned",
            "an acknowledgement has the voter's signature, a webhook's receipt has none",
            "sign what GET .../receipt gives");
      }
    }
    return Decision.accept(new CaseEvent.VotersNotified(fresh, now));
  }
}
