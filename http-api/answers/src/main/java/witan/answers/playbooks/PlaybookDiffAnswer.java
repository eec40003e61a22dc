package witan.answers.playbooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;

/** What changed from one version to another, in the large and then one by one. */
public record PlaybookDiffAnswer(
    String name,
    PlaybookSide from,
    PlaybookSide to,
    PlaybookMembers steps,
    PlaybookMembers variables,
    List<PlaybookChange> changes,
    boolean truncated) {

  /** One of the two. */
  public record PlaybookSide(
      long version, Digest digest, int impact, List<PlaybookSignerLine> signedBy) {}

  /** By name. */
  public record PlaybookMembers(List<String> added, List<String> removed, List<String> changed) {}

  /**
   * A change in the manner of RFC 6902.
   *
   * @param path JSON pointer
   */
  public record PlaybookChange(
      String op, String path, @Nullable JsonNode was, @Nullable JsonNode value) {}
}
