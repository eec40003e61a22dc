package witan.domain.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import witan.domain.common.Digest;

/**
 * The log as anybody may read it, up to the published checkpoint only. Indexes of entries are
 * places ({@link witan.domain.common.LogIndex}); sizes and tiles are of the tree of the present
 * generation.
 */
public interface LogReads {
  /** The published checkpoint (a signed note); never smaller than one served before. */
  CompletionStage<String> checkpoint();

  /** Completes when the published checkpoint covers that index. */
  CompletionStage<String> checkpointCovering(long index);

  CompletionStage<Optional<byte[]>> entry(long index);

  /**
   * RFC 6962 audit path; empty past the published size. Of an entry of a closed generation to the
   * tree that it was closed with, whatever the size.
   */
  CompletionStage<Optional<List<Digest>>> inclusion(long index, long size);

  CompletionStage<Optional<List<Digest>>> consistency(long size1, long size2);

  /** C2SP hash tile: 32 bytes a hash; empty when not wholly published. */
  CompletionStage<Optional<byte[]>> tile(int level, long index, int width);

  /** C2SP entry bundle. */
  CompletionStage<Optional<byte[]>> entries(long index, int width);
}
