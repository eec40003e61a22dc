package witan.domain.playbook;

import java.util.List;

/** What became of a submitted playbook. */
public sealed interface Parsed {
  /** It can be run. */
  record Accepted(Playbook playbook) implements Parsed {}

  /** It cannot; every problem that was found, at least one. */
  record Refused(List<PlaybookFlaw> problems) implements Parsed {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
