package witan.answers.playbooks;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.common.LeftOut;

/**
 * What publishing would find; the facts where it can be read.
 *
 * @param calls playbooks by their digests
 */
public record PlaybookValidationAnswer(
    boolean valid,
    List<PlaybookProblem> problems,
    Digest digest,
    List<PlaybookSignerLine> signedBy,
    @LeftOut @Nullable String id,
    @LeftOut @Nullable String title,
    @LeftOut @Nullable Integer impact,
    @LeftOut @Nullable List<Digest> calls,
    @LeftOut @Nullable List<PlaybookAction> actions) {

  /**
   * A step that acts.
   *
   * @param inverse what takes it back
   */
  public record PlaybookAction(
      String step, String name, String command, boolean reversible, @Nullable String inverse) {}
}
