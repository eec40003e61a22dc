package witan.domain.playbook;

import java.util.ArrayList;
import java.util.List;
import witan.domain.common.Flaw;

/** Collects problems; beyond a bound only the first ones. */
final class Problems {
  private static final int MAX = 50;
  private static final int MAX_POINTER = 300;

  private final List<Flaw> all = new ArrayList<>();

  void add(String pointer, String code, String message) {
    if (all.size() < MAX) {
      String place = pointer.length() > MAX_POINTER ? pointer.substring(0, MAX_POINTER) : pointer;
      all.add(new Flaw(place, code, message));
    }
  }

  List<Flaw> all() {
    return all;
  }
}
