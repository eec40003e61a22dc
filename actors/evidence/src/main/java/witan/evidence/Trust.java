package witan.evidence;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import witan.codec.bundle.TrustFile;
import witan.codec.bundle.TrustedChain;
import witan.domain.common.Digest;
import witan.log.checkpoint.BundleSeal;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.SignedNote;

/**
 * What the auditor trusts. What is named here is required.
 *
 * @param logKey of kind NOTE, named after the log's origin
 * @param threshold how many of the witnesses must have cosigned a checkpoint
 * @param chain null where no anchor is expected
 * @param executors keys of kind NOTE; empty where none are named
 * @param formerKeys that the log had before
 * @param generations keys of kind NOTE of the later generations that are followed, in order
 */
public record Trust(
    NoteKey logKey,
    List<NoteKey> witnesses,
    int threshold,
    @Nullable TrustedChain chain,
    Digest charterHash,
    List<NoteKey> executors,
    List<FormerKey> formerKeys,
    List<NoteKey> generations) {
  /** Between the log's first origin and the number of a later generation. */
  public static final String GENERATION = "/g";

  /**
   * A key that the log had, of kind NOTE and its name.
   *
   * @param untilSize of the largest checkpoint that counts under it
   */
  public record FormerKey(NoteKey key, long untilSize) {}

  public Trust {
    witnesses = List.copyOf(witnesses);
    executors = List.copyOf(executors);
    formerKeys = List.copyOf(formerKeys);
    generations = List.copyOf(generations);
    if (threshold < 0 || threshold > witnesses.size()) {
      throw new IllegalArgumentException(
          "witnessThreshold is 0 to the number of witnesses, " + witnesses.size());
    }
  }

  /** That asks for every witness and names no executors. */
  public Trust(
      NoteKey logKey, List<NoteKey> witnesses, @Nullable TrustedChain chain, Digest charterHash) {
    this(logKey, witnesses, witnesses.size(), chain, charterHash, List.of());
  }

  /** Of a log that has had one key ever, and one generation. */
  public Trust(
      NoteKey logKey,
      List<NoteKey> witnesses,
      int threshold,
      @Nullable TrustedChain chain,
      Digest charterHash,
      List<NoteKey> executors) {
    this(logKey, witnesses, threshold, chain, charterHash, executors, List.of(), List.of());
  }

  /**
   * The checkpoint of a note that the log signed with a key that it had at that size.
   *
   * @throws witan.log.checkpoint.NoteException with the reason, if anything is wrong
   */
  public Checkpoint checkpoint(String note) {
    return SignedNote.open(note, keysOf(note));
  }

  /** The log's keys that count for the size that a note says, which nobody has verified yet. */
  public List<NoteKey> keysOf(String note) {
    long size = formerKeys.isEmpty() ? 0 : Checkpoint.parse(SignedNote.parse(note).text()).size();
    return Stream.concat(
            current().stream(),
            formerKeys.stream().filter(f -> size <= f.untilSize()).map(FormerKey::key))
        .toList();
  }

  /** One for each generation. */
  private List<NoteKey> current() {
    return Stream.concat(Stream.of(logKey), generations.stream()).toList();
  }

  /** Of that generation, which is followed. */
  String origin(int generation) {
    return current().get(generation).name();
  }

  /** How often the log was adopted up to the generation of that origin, which is followed. */
  int generationOf(String origin) {
    return current().stream().map(NoteKey::name).toList().indexOf(origin);
  }

  /** Whether that is the name of a later generation of this log, which is not followed. */
  boolean unfollowed(String origin) {
    return generationOf(origin) < 0 && origin.startsWith(logKey.name() + GENERATION);
  }

  /**
   * The seal of a bundle, by any key that the log ever had.
   *
   * @throws witan.log.checkpoint.NoteException with the reason, if anything is wrong
   */
  BundleSeal seal(String note) {
    List<SignedNote.Signature> signatures = SignedNote.parse(note).signatures();
    NoteKey key =
        Stream.concat(generations.stream(), formerKeys.stream().map(FormerKey::key))
            .filter(former -> signatures.stream().anyMatch(s -> s.keyId() == former.keyId()))
            .findFirst()
            .orElse(logKey);
    return BundleSeal.open(note, key);
  }

  /**
   * Reads a trust file.
   *
   * @throws IllegalArgumentException or {@link witan.codec.json.JsonRefused} if it is none
   */
  public static Trust parse(byte[] bytes) {
    TrustFile file = TrustFile.parse(bytes);
    NoteKey logKey = NoteKey.parse(file.logKey());
    if (logKey.kind() != NoteKey.Kind.NOTE || !logKey.name().equals(file.origin())) {
      throw new IllegalArgumentException("logKey is no key of the log " + file.origin());
    }
    List<NoteKey> witnesses =
        keys(
            file.witnesses(),
            NoteKey.Kind.COSIGNATURE,
            "witnesses are different keys of kind 0x04");
    List<String> executors = file.executors();
    Integer threshold = file.witnessThreshold();
    return new Trust(
        logKey,
        witnesses,
        threshold == null ? witnesses.size() : threshold,
        file.chain(),
        file.charterHash(),
        executors == null
            ? List.of()
            : keys(executors, NoteKey.Kind.NOTE, "executors are different keys of kind 0x01"),
        former(file, logKey),
        later(file));
  }

  private static List<NoteKey> later(TrustFile file) {
    List<String> named = file.generations() == null ? List.of() : file.generations();
    String otherwise =
        "generations are keys of " + file.origin() + GENERATION + "1, " + GENERATION + "2, ...";
    List<NoteKey> later = keys(named, NoteKey.Kind.NOTE, otherwise);
    for (int i = 0; i < later.size(); i++) {
      if (!later.get(i).name().equals(file.origin() + GENERATION + (i + 1))) {
        throw new IllegalArgumentException(otherwise);
      }
    }
    return later;
  }

  private static List<FormerKey> former(TrustFile file, NoteKey logKey) {
    List<TrustFile.FormerKey> listed = file.formerLogKeys();
    if (listed == null) {
      return List.of();
    }
    List<FormerKey> former =
        listed.stream().map(f -> new FormerKey(NoteKey.parse(f.key()), f.untilSize())).toList();
    boolean wrong =
        former.stream()
            .anyMatch(
                f ->
                    f.key().kind() != NoteKey.Kind.NOTE
                        || !f.key().name().equals(logKey.name())
                        || f.key().equals(logKey)
                        || f.untilSize() < 0);
    if (wrong) {
      throw new IllegalArgumentException(
          "formerLogKeys are other keys of the log " + file.origin() + ", each until a size");
    }
    return former;
  }

  private static List<NoteKey> keys(List<String> texts, NoteKey.Kind kind, String otherwise) {
    List<NoteKey> keys = texts.stream().map(NoteKey::parse).toList();
    if (keys.stream().anyMatch(k -> k.kind() != kind)
        || keys.stream().distinct().count() != keys.size()) {
      throw new IllegalArgumentException(otherwise);
    }
    return keys;
  }
}
