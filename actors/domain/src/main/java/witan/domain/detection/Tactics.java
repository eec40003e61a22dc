package witan.domain.detection;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects tactics; what is none is passed over, as a sensor's tags hold many things. */
final class Tactics {
  private static final int MAX_TEXT = 60;

  private final Set<Tactic> found = EnumSet.noneOf(Tactic.class);

  Tactics add(@Nullable String text) {
    if (text != null && text.length() <= MAX_TEXT) {
      Tactic.of(text).ifPresent(found::add);
    }
    return this;
  }

  Tactics add(Optional<Tactic> tactic) {
    tactic.ifPresent(found::add);
    return this;
  }

  Tactics addAll(Collection<String> texts) {
    texts.forEach(this::add);
    return this;
  }

  /** In the order of an attack, each once. */
  List<Tactic> list() {
    return List.copyOf(found);
  }
}
