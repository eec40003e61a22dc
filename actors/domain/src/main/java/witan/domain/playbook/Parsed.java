package witan.domain.playbook;

import java.util.List;
import witan.domain.common.Flaw;

/** What became of a submitted playbook. */
public sealed interface Parsed {
  /** It can be run. */
  record Accepted(Playbook playbook) implements Parsed {}

  /** It cannot; every problem that was found, at least one. */
  record Refused(List<Flaw> problems) implements Parsed {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
