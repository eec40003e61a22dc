package witan.actors.entity;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.actors.log.LogItem;
import witan.domain.common.Aggregate;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.log.tree.Hash;

/**
 * The least aggregate: a list of words, each once. {@code pair:x} adds two events, {@code few:x} is
 * refused where three words stand already, {@code end} seals, {@code old:x} is an entry of the
 * version before.
 */
final class Words implements Aggregate<List<String>, String, String>, EventFormat<String> {
  static final int FEW = 3;

  @Override
  public List<String> empty() {
    return List.of();
  }

  @Override
  public Decision<String> decide(List<String> state, String command, Instant now) {
    for (int i = state.size() - 1; i >= 0; i--) {
      if (word(state.get(i)).equals(command)) {
        return new Decision.Repeated<>(i + 1L);
      }
    }
    if (sealed(state)) {
      return Decision.refuse("sealed", "sealed", "no");
    }
    if (command.startsWith("few:") && state.size() >= FEW) {
      return Decision.refuse("many", "there are " + state.size(), "no");
    }
    String at = "@" + now.toEpochMilli();
    return command.startsWith("pair:")
        ? Decision.accept(List.of("half of " + command + at, command + at))
        : Decision.accept(command + at);
  }

  static String word(String event) {
    return event.substring(0, event.indexOf('@'));
  }

  @Override
  public List<String> apply(List<String> state, String event) {
    List<String> after = new ArrayList<>(state);
    after.add(event);
    return List.copyOf(after);
  }

  @Override
  public boolean sealed(List<String> state) {
    return !state.isEmpty() && word(state.get(state.size() - 1)).equals("end");
  }

  @Override
  public String subject(String pid, String event) {
    return pid;
  }

  @Override
  public String subject(byte[] entry) {
    return header(entry).pid();
  }

  @Override
  public LogItem encode(
      String event, String pid, long seq, Hash prev, @Nullable Digest policy, byte[] key) {
    String entry = pid + "\n" + seq + "\n" + prev.hex() + "\n" + event;
    return new LogItem(entry.getBytes(StandardCharsets.UTF_8), new byte[] {(byte) event.length()});
  }

  @Override
  public String decode(LogItem item, byte[] key) {
    return event(item.entry());
  }

  static String event(byte[] entry) {
    return new String(entry, StandardCharsets.UTF_8).split("\n", 4)[3];
  }

  @Override
  public Header header(byte[] entry) {
    String[] lines = new String(entry, StandardCharsets.UTF_8).split("\n", 4);
    Instant at =
        Instant.ofEpochMilli(Long.parseLong(lines[3].substring(lines[3].indexOf('@') + 1)));
    int version = lines[3].startsWith("old:") ? 1 : 2;
    return new Header(lines[0], Long.parseLong(lines[1]), Hash.ofHex(lines[2]), at, version);
  }
}
