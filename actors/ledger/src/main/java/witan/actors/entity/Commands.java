package witan.actors.entity;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.Digest;

/**
 * The commands of an entity that have no answer yet: those to be decided, in order, and those whose
 * content is loaded first. Bounded. Not thread-safe.
 *
 * @param <C> command
 * @param <R> where answers go
 */
final class Commands<C, R> {
  /**
   * A command.
   *
   * @param attempts how often it was decided in vain
   */
  record Waiting<C, R>(C command, R replyTo, int attempts) {
    private Waiting<C, R> again() {
      return new Waiting<>(command, replyTo, attempts + 1);
    }
  }

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final EntitySettings settings;
  private final EntityPort<?, R> port;
  private final Deque<Waiting<C, R>> waiting = new ArrayDeque<>();
  private final Map<Digest, List<Waiting<C, R>>> missing = new HashMap<>();
  private int unanswered;

  Commands(EntitySettings settings, EntityPort<?, R> port) {
    this.settings = settings;
    this.port = port;
  }

  /** Of all that were taken, also of those that {@link #next} gave away. */
  int unanswered() {
    return unanswered;
  }

  /** False where there are too many: it was answered. */
  boolean take(C command, R replyTo) {
    if (unanswered >= settings.pendingCommands()) {
      port.reply(replyTo, busy("too many commands wait"));
      return false;
    }
    unanswered++;
    waiting.add(new Waiting<>(command, replyTo, 0));
    return true;
  }

  /** The first that is to be decided; null where there is none. */
  @Nullable Waiting<C, R> first() {
    return waiting.peek();
  }

  /** The first one was decided. */
  void next() {
    waiting.remove();
  }

  void answer(Waiting<C, R> to, Answer<Receipt> answer) {
    unanswered--;
    port.reply(to.replyTo(), answer);
  }

  /** It is decided again once the content is there, but not for ever. */
  void lacks(Waiting<C, R> command, Digest content) {
    if (command.attempts() >= settings.redecisions()) {
      answer(command, busy("content " + content + " is not at hand"));
      return;
    }
    List<Waiting<C, R>> others = missing.get(content);
    if (others == null) {
      others = new ArrayList<>();
      missing.put(content, others);
      port.loadContent(content);
    }
    others.add(command.again());
  }

  /** False where nobody waited for it. */
  boolean loaded(Digest content, boolean found) {
    List<Waiting<C, R>> commands = missing.remove(content);
    if (commands == null) {
      return false;
    }
    if (found) {
      waiting.addAll(commands);
    } else {
      commands.forEach(c -> answer(c, busy("content " + content + " is missing")));
    }
    return true;
  }

  /** What came of them was dropped: they are decided again, first of all, but not for ever. */
  void again(List<Waiting<C, R>> dropped, String why) {
    List<Waiting<C, R>> all = new ArrayList<>();
    for (Waiting<C, R> command : dropped) {
      if (command.attempts() < settings.redecisions()) {
        all.add(command.again());
      } else {
        answer(command, busy(why));
      }
    }
    all.addAll(waiting);
    waiting.clear();
    waiting.addAll(all);
  }

  private static Answer<Receipt> busy(String why) {
    return new Answer.Busy<>(why, RETRY_AFTER);
  }
}
