package witan.load.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import witan.load.crypto.Merkle;
import witan.load.drive.Observation;

/**
 * Everything the checks look at, as it was read from the outside.
 *
 * @param checkpoint the published note, whose size is that of {@code entries}
 * @param logKey C2SP vkey that the note must be signed with
 * @param proposals GET /v1/proposals/{caseId} by case
 * @param proofs consistency proofs as the API served them
 * @param chain Anchored events of the contract, oldest first; empty when no chain was asked
 * @param seen what was observed during the run, in order
 * @param readAt when the log was read, epoch milliseconds
 */
public record World(
    String checkpoint,
    String logKey,
    List<Entry> entries,
    JsonNode charter,
    Map<String, JsonNode> proposals,
    List<Proof> proofs,
    Optional<List<Anchored>> chain,
    List<Observation> seen,
    long readAt) {

  /**
   * A served proof that the log of size {@code from} is the beginning of that of size {@code to}.
   */
  public record Proof(long from, long to, List<byte[]> hashes) {}

  /** An event of the anchor contract. */
  public record Anchored(long oldSize, long newSize, String root, long block) {}

  public Merkle tree() {
    return Merkle.of(entries.stream().map(Entry::leaf).toList());
  }

  /** The entries of each persistence id, in log order. */
  public Map<String, List<Entry>> byPid() {
    Map<String, List<Entry>> byPid = new LinkedHashMap<>();
    for (Entry entry : entries) {
      byPid.computeIfAbsent(entry.pid(), pid -> new ArrayList<>()).add(entry);
    }
    return byPid;
  }

  /** The cases by their id. */
  public Map<String, List<Entry>> cases() {
    Map<String, List<Entry>> cases = new LinkedHashMap<>();
    byPid()
        .forEach(
            (pid, events) -> {
              if (pid.startsWith("case|")) {
                cases.put(pid.substring("case|".length()), events);
              }
            });
    return cases;
  }

  public <T extends Observation> List<T> seen(Class<T> type) {
    return seen.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The cases that alerts of this run opened. */
  public Set<String> ownCases() {
    return seen(Observation.AlertAck.class).stream()
        .map(Observation.AlertAck::caseId)
        .collect(Collectors.toSet());
  }

  /** Voting power by address. */
  public Map<String, BigInteger> weights() {
    Map<String, BigInteger> weights = new HashMap<>();
    for (JsonNode seat : charter.path("seats")) {
      weights.put(seat.path("address").asText(), new BigInteger(seat.path("tokens").asText()));
    }
    return weights;
  }
}
