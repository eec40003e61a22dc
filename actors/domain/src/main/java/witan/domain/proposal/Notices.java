package witan.domain.proposal;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.Decision;
import witan.domain.common.Refusal;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.SignedBy;

/**
 * Takes receipts of notifications until the vote is decided: only absences from votes that run to
 * their deadline are ever judged by them. One a member; what is known already is left out. Codes:
 * {@code voting_not_open}, {@code notices_size}, {@code voting_closed}, {@code not_a_member},
 * {@code notice_unsigned}, {@code notice_digest}, those of {@link SignedBy}.
 */
final class Notices {
  private final ContentHasher hasher;
  private final ContentLookup lookup;
  private final SignatureCheck signatures;

  Notices(ContentHasher hasher, ContentLookup lookup, SignatureCheck signatures) {
    this.hasher = hasher;
    this.lookup = lookup;
    this.signatures = signatures;
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
    Map<String, Address> keys =
        electorate.electors().stream()
            .collect(Collectors.toMap(Elector::member, Elector::address, (first, other) -> first));
    for (Notice notice : fresh) {
      Optional<Refusal> problem = problem(s, v, notice, keys.get(notice.member()));
      if (problem.isPresent()) {
        return new Decision.Refused<>(problem.get());
      }
    }
    return Decision.accept(new CaseEvent.VotersNotified(fresh, now));
  }

  private Optional<Refusal> problem(CaseState s, Voting v, Notice notice, @Nullable Address voter) {
    if (voter == null) {
      return Optional.of(
          new Refusal(
              "not_a_member",
              notice.member() + " is not in the electorate of this case",
              "notify electors"));
    }
    String signature = notice.signature();
    if ((notice.channel() == Notice.Channel.ACKNOWLEDGED) != (signature != null)) {
      return Optional.of(
          new Refusal(
              "notice_unsigned",
              "an acknowledgement has the voter's signature, a webhook's receipt has none",
              "sign what GET .../receipt gives"));
    }
    return signature == null
        ? Optional.empty()
        : SignedBy.problem(
            voter,
            () ->
                signatures.recover(
                    v.domain(),
                    hasher.text(String.valueOf(s.caseId())),
                    v.proposalHash(),
                    voter,
                    notice.digest(),
                    signature));
  }
}
