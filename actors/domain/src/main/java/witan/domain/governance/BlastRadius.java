package witan.domain.governance;

import java.util.List;
import witan.domain.common.CaseId;

/**
 * What the options of a proposal would touch, by a server-side dry run before the vote opens. Its
 * digest is part of what is voted on.
 *
 * @param v 1
 * @param adapter {@code kubernetes}; {@code rehearsal}: rendered, no cluster was asked; {@code
 *     none}: no executor answered
 * @param maxDriftBps how much may have changed when the execution begins, basis points of the
 *     option's objects; what is beyond goes back to the voters
 * @param options one for each option, in their order
 */
public record BlastRadius(
    int v, CaseId caseId, String adapter, int maxDriftBps, List<OptionRadius> options) {
  public static final String REHEARSAL = "rehearsal";
  public static final String NONE = "none";

  public BlastRadius {
    options = List.copyOf(options);
    if (maxDriftBps < 0 || maxDriftBps > 10_000) {
      throw new IllegalArgumentException("basis points are 0 to 10000");
    }
  }
}
