package witan.answers.playbooks;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.common.LeftOut;

/**
 * A version of a playbook, without its content.
 *
 * @param version 0 is the one that the running release ships
 * @param id of CACAO
 * @param calls playbooks by their digests
 * @param by the operator's pseudonym; a name before 2026-12
 */
public record PlaybookVersionAnswer(
    String name,
    long version,
    Digest digest,
    String id,
    String title,
    int impact,
    Status status,
    List<PlaybookSignerLine> signedBy,
    List<Digest> calls,
    @Nullable String by,
    @Nullable Instant at,
    @LeftOut @Nullable RetirementLine retired) {

  /** Whether it is in use, and where it comes from. */
  public enum Status {
    @JsonProperty("shipped")
    SHIPPED,
    @JsonProperty("uploaded")
    UPLOADED,
    @JsonProperty("retired")
    RETIRED
  }

  /** Why it is no longer in use. */
  public record RetirementLine(String reason, String by, Instant at) {}
}
