package witan.actors.execution;

import org.jspecify.annotations.Nullable;
import witan.actors.planning.PlaybookSteps;
import witan.actors.testing.MemoryCouncil;
import witan.domain.api.Anchors;
import witan.domain.api.Playbooks;
import witan.domain.common.Digest;

/** The executor's check of a decision, over a council in memory. */
public final class DecisionChecks {
  public static final Anchors.Status NO_CHAIN =
      new Anchors.Status(Anchors.State.DISABLED, 0, null, "off");

  private DecisionChecks() {}

  /** With an anchoring that stands as said. */
  public static DecisionCheck of(
      MemoryCouncil council, Anchors.Status anchoring, PlaybookSteps steps, Playbooks catalogue) {
    return of(council, anchoring, null, steps, catalogue);
  }

  /** With anchoring off, of an executor that trusts that charter; null: the first. */
  static DecisionCheck trusting(
      MemoryCouncil council, @Nullable Digest charter, PlaybookSteps steps) {
    return of(council, NO_CHAIN, charter, steps, council.playbooks());
  }

  private static DecisionCheck of(
      MemoryCouncil council,
      Anchors.Status anchoring,
      @Nullable Digest charter,
      PlaybookSteps steps,
      Playbooks catalogue) {
    EvidenceReader evidence = new EvidenceReader(council, council.decoder());
    return new DecisionCheck(
        council,
        MemoryCouncil.anchors(anchoring),
        evidence,
        new VerifiedCouncil(evidence, MemoryCouncil.ID, charter),
        new StoredPlaybooks(council, steps),
        catalogue);
  }

  /** With anchoring off, and the council's own catalogue. */
  public static DecisionCheck of(MemoryCouncil council, PlaybookSteps steps) {
    return of(council, NO_CHAIN, steps, council.playbooks());
  }
}
