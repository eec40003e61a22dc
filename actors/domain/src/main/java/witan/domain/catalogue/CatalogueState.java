package witan.domain.catalogue;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.common.PersistentMap;

/**
 * The fold of a catalogue's events, on top of what is shipped.
 *
 * @param playbooks by name; the versions of each in their order, at least one
 * @param byDigest one version of each content, one in use where there is one
 * @param seqByKey of the idempotency keys that operators chose
 */
@RecordBuilder
public record CatalogueState(
    long seq,
    int versions,
    Map<String, List<PlaybookVersion>> playbooks,
    Map<Digest, PlaybookVersion> byDigest,
    Map<String, Long> seqByKey) {

  public CatalogueState {
    playbooks = PersistentMap.of(playbooks);
    byDigest = PersistentMap.of(byDigest);
    seqByKey = PersistentMap.of(seqByKey);
  }

  /** Before the first event. */
  public static CatalogueState of(Collection<PlaybookVersion> shipped) {
    Map<String, List<PlaybookVersion>> names = new TreeMap<>();
    PersistentMap<Digest, PlaybookVersion> digests = PersistentMap.empty();
    for (PlaybookVersion version : shipped) {
      names.put(version.name(), List.of(version));
      digests = digests.plus(version.digest(), version);
    }
    return new CatalogueState(0, shipped.size(), names, digests, Map.of());
  }

  /** All versions of a name, oldest first; empty where there is no such name. */
  public List<PlaybookVersion> versionsOf(String name) {
    return playbooks.getOrDefault(name, List.of());
  }

  public Optional<PlaybookVersion> version(String name, long version) {
    return versionsOf(name).stream().filter(v -> v.version() == version).findFirst();
  }

  /** What a name stands for now; empty where nothing of that name is in use. */
  public Optional<PlaybookVersion> latest(String name) {
    return versionsOf(name).stream().filter(PlaybookVersion::inUse).reduce((a, b) -> b);
  }

  /** Where that content is in use under any name, one of those versions. */
  public Optional<PlaybookVersion> inUse(Digest digest) {
    return Optional.ofNullable(byDigest.get(digest)).filter(PlaybookVersion::inUse);
  }

  /** Every version of that content, retired ones too. */
  public Stream<PlaybookVersion> all(Digest digest) {
    return playbooks.values().stream().flatMap(List::stream).filter(v -> v.digest().equals(digest));
  }

  /**
   * Whether a version in use of that content bears a signature, good at that time, of one of the
   * keys. As it was said when it was published: who acts on it verifies the signature.
   */
  public boolean signedBy(Digest digest, List<Digest> keys, Instant time) {
    return all(digest)
        .filter(PlaybookVersion::inUse)
        .flatMap(v -> v.signers().stream())
        .anyMatch(s -> keys.contains(s.key()) && s.holdsAt(time));
  }

  CatalogueState published(PlaybookVersion version, @Nullable String key) {
    PersistentMap<String, Long> keys = PersistentMap.of(seqByKey);
    return with(
        version,
        Stream.concat(versionsOf(version.name()).stream(), Stream.of(version)).toList(),
        versions + 1,
        key == null ? keys : keys.plus(key, version.seq()));
  }

  CatalogueState changed(PlaybookVersion version) {
    return with(
        version,
        versionsOf(version.name()).stream()
            .map(v -> v.version() == version.version() ? version : v)
            .toList(),
        versions,
        seqByKey);
  }

  private CatalogueState with(
      PlaybookVersion version, List<PlaybookVersion> all, int count, Map<String, Long> keys) {
    PersistentMap<String, List<PlaybookVersion>> names =
        PersistentMap.of(playbooks).plus(version.name(), all);
    CatalogueState next = new CatalogueState(seq + 1, count, names, byDigest, keys);
    PlaybookVersion stands =
        next.all(version.digest()).filter(PlaybookVersion::inUse).findFirst().orElse(version);
    return new CatalogueState(
        seq + 1, count, names, PersistentMap.of(byDigest).plus(version.digest(), stands), keys);
  }

  /** An event that changes nothing here, of a name that is no longer shipped. */
  CatalogueState counted() {
    return CatalogueStateBuilder.builder(this).seq(seq + 1).build();
  }
}
