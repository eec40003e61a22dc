package witan.actors.waiting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import witan.domain.common.CaseId;
import witan.domain.waiting.Reason;
import witan.domain.waiting.Waiting;

/**
 * Why the cases wait that one kind of worker has on this node, as it says itself. In memory alone:
 * a crash forgets it, and whoever takes a case up says it anew. Bounded: of very many, those that
 * began to wait last are known. Thread-safe.
 */
public final class WaitBook {
  private static final int MOST = 10_000;

  private final Map<CaseId, List<Waiting>> waits = new LinkedHashMap<>();

  /** The case waits for these reasons, and no others; empty: it goes on. */
  public synchronized void say(CaseId caseId, List<Reason> reasons, Instant now) {
    List<Waiting> before = of(caseId);
    List<Waiting> all = new ArrayList<>();
    for (Reason reason : reasons) {
      all.add(
          reason.since(
              before.stream()
                  .filter(w -> w.code() == reason.code() && w.who().equals(reason.who()))
                  .findFirst()
                  .map(Waiting::since)
                  .orElse(now)));
    }
    if (all.isEmpty()) {
      waits.remove(caseId);
      return;
    }
    waits.put(caseId, List.copyOf(all));
    Iterator<CaseId> first = waits.keySet().iterator();
    while (waits.size() > MOST) {
      first.next();
      first.remove();
    }
  }

  /** The worker has nothing to do with the case any more. */
  public synchronized void forget(CaseId caseId) {
    waits.remove(caseId);
  }

  /** Empty where it goes on, and where nobody here has it. */
  public synchronized List<Waiting> of(CaseId caseId) {
    return waits.getOrDefault(caseId, List.of());
  }

  private synchronized void count(Map<String, Integer> counts) {
    waits.values().forEach(all -> all.forEach(w -> counts.merge(w.code().text(), 1, Integer::sum)));
  }

  /** How many cases wait, by code, in all of these together. */
  public static Map<String, Integer> counts(WaitBook... books) {
    Map<String, Integer> counts = new TreeMap<>();
    for (WaitBook book : books) {
      book.count(counts);
    }
    return counts;
  }
}
