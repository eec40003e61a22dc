package witan.evidence;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import witan.codec.bundle.BundleEntry;
import witan.codec.entry.Entry;
import witan.codec.event.Family;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseEvent;

/** Cases that a bundle shows besides its own; each is there because something names it. */
final class OtherCases {
  private final Map<String, List<BundleEntry>> byPid = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();

  static OtherCases of(List<List<BundleEntry>> shown) {
    OtherCases cases = new OtherCases();
    for (List<BundleEntry> lines : shown) {
      CheckFailed.unless(!lines.isEmpty(), "the bundle shows another case without an entry");
      byte[] first = lines.get(0).entry().getBytes(StandardCharsets.UTF_8);
      String pid = Entry.parse(first).pid();
      CheckFailed.unless(cases.byPid.put(pid, lines) == null, "the bundle shows " + pid + " twice");
    }
    return cases;
  }

  /** Numbers 1 to n of that case, without a gap; empty where it is not shown. */
  Optional<List<Logged<CaseEvent>>> of(CaseId caseId) {
    String pid = Family.CASE.pid(caseId);
    asked.add(pid);
    return Optional.ofNullable(byPid.get(pid))
        .map(
            lines -> {
              List<Logged<CaseEvent>> read = EntryChecks.read(lines, CaseEvent.class).value();
              EntryChecks.chain(read, pid);
              return read;
            });
  }

  /** To be called when everything that may name a case has asked for it. */
  String allAskedFor() {
    for (String pid : byPid.keySet()) {
      CheckFailed.unless(asked.contains(pid), pid + " rides along, and nothing names it");
    }
    return byPid.size() + " other cases are shown, each named by what was checked";
  }
}
