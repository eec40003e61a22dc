package witan.domain.governance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How far what is found is from what was voted on, in objects.
 *
 * @param before how many were voted on
 * @param gone of them, not there any more
 * @param added found besides
 * @param changed of them, another object of the same name, or with another spec
 */
public record Drift(int before, int gone, int added, int changed) {

  /** What is voted on against a later dry run of the same option. */
  public static Drift between(OptionRadius voted, OptionRadius found) {
    Map<String, TouchedObject> then = byName(voted.objects());
    Map<String, TouchedObject> now = byName(found.objects());
    int gone = 0;
    int changed = 0;
    for (Map.Entry<String, TouchedObject> entry : then.entrySet()) {
      TouchedObject other = now.get(entry.getKey());
      if (other == null) {
        gone++;
      } else if (differs(entry.getValue(), other)) {
        changed++;
      }
    }
    int added = (int) now.keySet().stream().filter(name -> !then.containsKey(name)).count();
    return new Drift(then.size(), gone, added, changed);
  }

  /**
   * What is voted on against the effect.
   *
   * @param looked {@code cluster path} of what the steps read or wrote
   * @param written of what they wrote
   */
  public static Drift ofEffect(OptionRadius voted, Set<String> looked, Set<String> written) {
    Set<String> then = byName(voted.objects()).keySet();
    int gone = (int) then.stream().filter(name -> !looked.contains(name)).count();
    int added = (int) written.stream().filter(name -> !then.contains(name)).count();
    return new Drift(then.size(), gone, added, 0);
  }

  public int moved() {
    return gone + added + changed;
  }

  /** Exact, in whole numbers; no drift is always within. */
  public boolean within(int maxBps) {
    return 10_000L * moved() <= (long) maxBps * before;
  }

  public static String name(String cluster, String path) {
    return cluster + " " + path;
  }

  /** What this case did to it already, provisionally, is no drift. */
  private static boolean differs(TouchedObject then, TouchedObject now) {
    return !now.held() && !(then.uid().equals(now.uid()) && then.generation() == now.generation());
  }

  /** Several steps may touch one object. */
  private static Map<String, TouchedObject> byName(List<TouchedObject> objects) {
    Map<String, TouchedObject> byName = new LinkedHashMap<>();
    for (TouchedObject object : objects) {
      byName.merge(
          name(object.cluster(), object.path()),
          object,
          (one, other) -> Objects.requireNonNull(other.held() ? other : one));
    }
    return byName;
  }
}
