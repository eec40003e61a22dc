package witan.actors.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import witan.actors.log.LogItem;
import witan.codec.json.JsonRefused;
import witan.domain.common.Aggregate;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * Decides, and makes the entries of a decision: once, never again for the same decision.
 *
 * @param policy digest of the policy that a state stands under
 * @param clock the time of a decision, whole milliseconds
 */
public record Decider<S, C, E>(
    String pid,
    Aggregate<S, C, E> aggregate,
    EventFormat<E> format,
    Function<S, Optional<Digest>> policy,
    EntitySettings settings,
    Supplier<Instant> clock) {

  /** What came of an accepted command: a decision's entries, a refusal, or neither: a key lacks. */
  record Made<S, E>(
      @Nullable S after,
      List<Pending.Entry<E>> entries,
      long answerSeq,
      @Nullable Refusal refusal) {}

  Decision<E> decide(S state, C command) {
    return aggregate.decide(state, command, clock.get());
  }

  Made<S, E> make(S before, long lastSeq, Hash last, C command, List<E> events, KeyRing keys) {
    List<Pending.Entry<E>> entries = new ArrayList<>();
    S state = before;
    Hash prev = last;
    int bytes = 0;
    try {
      for (E event : events) {
        byte[] key = keys.key(format.subject(pid, event), true);
        if (key == null) {
          return new Made<>(null, List.of(), 0, null);
        }
        state = aggregate.apply(state, event);
        long seq = lastSeq + entries.size() + 1;
        LogItem item = format.encode(event, pid, seq, prev, policy.apply(state).orElse(null), key);
        prev = Hashing.leaf(item.entry());
        bytes += item.size();
        entries.add(new Pending.Entry<>(event, item, seq, prev));
      }
    } catch (JsonRefused refused) {
      return new Made<>(null, List.of(), 0, refused.refusal());
    }
    if (bytes > settings.appendBytes() || entries.size() > settings.appendEntries()) {
      Refusal tooLarge =
          new Refusal(
              "decision_too_large", "its events have " + bytes + " bytes", "Send less at once.");
      return new Made<>(null, List.of(), 0, tooLarge);
    }
    return new Made<>(state, entries, answerSeq(state, command, lastSeq + 1), null);
  }

  /** The number that a retry of the same command will be told; else that of the first event. */
  private long answerSeq(S after, C command, long first) {
    return decide(after, command) instanceof Decision.Repeated<E> repeated
            && repeated.seq() >= first
        ? repeated.seq()
        : first;
  }
}
