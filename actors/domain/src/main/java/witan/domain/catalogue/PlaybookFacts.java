package witan.domain.catalogue;

import java.util.List;
import witan.domain.common.Digest;
import witan.domain.playbook.Playbook;

/**
 * What the catalogue has to know of a playbook's content.
 *
 * @param id CACAO id
 * @param title CACAO {@code name}
 * @param impact CACAO {@code impact}, 0 to 100
 * @param calls the playbooks that it calls itself
 * @param callable whether others may call it: it has no {@code workflow_exception}
 */
public record PlaybookFacts(
    String id, String title, int impact, List<Digest> calls, boolean callable) {
  public PlaybookFacts {
    calls = List.copyOf(calls);
  }

  public static PlaybookFacts of(Playbook playbook) {
    return new PlaybookFacts(
        playbook.id(),
        playbook.name(),
        playbook.impact(),
        List.copyOf(playbook.calls()),
        playbook.workflow().exception().isEmpty());
  }
}
