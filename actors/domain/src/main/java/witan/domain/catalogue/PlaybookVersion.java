package witan.domain.catalogue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;

/**
 * One version of a playbook.
 *
 * @param version 0 for the one that ships with the release that runs, from 1 for those of operators
 * @param signatures the document's {@code signatures}, a canonical JSON array; empty without any
 * @param seq number of the event that published it; 0 where it is shipped
 * @param depth 1 where it calls nothing, else one more than what it calls
 * @param at null where it is shipped
 * @param retired null while it is in use
 */
public record PlaybookVersion(
    String name,
    long version,
    Digest digest,
    PlaybookFacts facts,
    String signatures,
    List<PlaybookSigner> signers,
    int depth,
    long seq,
    @Nullable String by,
    @Nullable Instant at,
    @Nullable Retirement retired) {

  /** Why, by whom, when, and with which event. */
  public record Retirement(String reason, String by, Instant at, long seq) {}

  public PlaybookVersion {
    signers = List.copyOf(signers);
  }

  /** One that comes with the product and calls no other. */
  public static PlaybookVersion shipped(String name, Digest digest, PlaybookFacts facts) {
    return new PlaybookVersion(name, 0, digest, facts, "", List.of(), 1, 0, null, null, null);
  }

  public boolean isShipped() {
    return version == 0;
  }

  public boolean inUse() {
    return retired == null;
  }

  PlaybookVersion retired(Retirement retirement) {
    return new PlaybookVersion(
        name, version, digest, facts, signatures, signers, depth, seq, by, at, retirement);
  }
}
