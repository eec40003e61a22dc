package witan.cluster.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.cluster.StartException;
import witan.cluster.client.CouncilOptions;
import witan.codec.bundle.TrustedChain;
import witan.evidence.CouldNotCheck;
import witan.evidence.Found;
import witan.evidence.Trust;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.SignedNote;

/** Which council's log, and whose key its checkpoints are measured by. */
final class LogTrust {
  @Mixin CouncilOptions options = new CouncilOptions();

  @Option(
      names = "--trust",
      paramLabel = "TRUST",
      description = "trust file; without one the log's key is what the council says it is")
  private @Nullable Path file;

  private @Nullable Trust trust;
  private List<NoteKey> claimed = List.of();

  /** Reads what is trusted: once, before anything is opened. */
  void read() throws IOException, InterruptedException {
    Path given = file;
    if (given != null) {
      try {
        trust = Trust.parse(TrustCommand.read(given).bytes());
      } catch (IllegalArgumentException e) {
        throw new StartException(given + " is no trust file: " + e.getMessage());
      }
    } else {
      String key = options.api().get("/v1/trust", options.token()).path("logKey").asText();
      claimed = List.of(NoteKey.parse(key));
    }
  }

  boolean given() {
    return trust != null;
  }

  @Nullable TrustedChain chain() {
    Trust given = trust;
    return given == null ? null : given.chain();
  }

  /** Of a note that the log signed; says by whose word. */
  Found<Checkpoint> open(String note) {
    Trust given = trust;
    Checkpoint checkpoint = given == null ? SignedNote.open(note, claimed) : given.checkpoint(note);
    return new Found<>(
        checkpoint,
        "signed by "
            + checkpoint.origin()
            + (given == null ? ", with the key that the council itself names" : "")
            + ": "
            + checkpoint.size()
            + " entries, root "
            + checkpoint.root());
  }

  /** Nothing more can be said of the log's name when nobody is trusted. */
  static CouldNotCheck noChain() {
    return new CouldNotCheck("--rpc wants a trust file that names a chain");
  }
}
