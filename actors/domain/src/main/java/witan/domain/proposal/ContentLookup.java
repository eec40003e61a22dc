package witan.domain.proposal;

import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.governance.Electorate;

/** The node's cache of immutable content; never waits. */
public interface ContentLookup {
  /** The electorate with that digest, or null while it is not cached here. */
  @Nullable Electorate electorate(Digest digest);
}
