package witan.evidence;

import java.util.Optional;
import witan.codec.entry.Entry;
import witan.domain.containment.ContainmentEvent;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.RecordedStatement;

/**
 * Whether a member stands behind it that provisional containment was switched on again: the
 * registry recorded the statement after the switching off that it lifts and before it had its
 * effect, so none was made in advance and none serves twice. Entries before version {@link
 * Entry#MEMBERS_WORD} hold a token's word.
 */
public final class SwitchedOn {
  private SwitchedOn() {}

  /**
   * Why nobody does; empty where a member does.
   *
   * @param v of the entry
   * @param index of the entry in the log
   * @param off index in the log of the last switching off; -1 for none
   */
  public static Optional<String> problem(
      Council council, ContainmentEvent.ContainmentSwitched e, int v, long index, long off) {
    RecordedStatement said = e.said();
    if (said == null) {
      return v < Entry.MEMBERS_WORD
          ? Optional.empty()
          : Optional.of("no member's statement stands behind it");
    }
    if (!(said.signed().statement() instanceof MemberStatement.ContainmentOn on)
        || !e.by().equals(on.member().hex())
        || !e.reason().equals(said.signed().reason())) {
      return Optional.of("its statement does not say it");
    }
    if (!council.recorded(null, said)) {
      return Optional.of(
          "the registry has recorded no such statement under its number " + said.registrySeq());
    }
    long recorded = council.index(said.registrySeq());
    return recorded > off && recorded < index
        ? Optional.empty()
        : Optional.of("the statement was not recorded after containment was switched off");
  }
}
