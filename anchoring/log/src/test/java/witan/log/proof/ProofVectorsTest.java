package witan.log.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import witan.log.Corpus;
import witan.log.Json;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** The vectors of transparency-dev/merkle. */
class ProofVectorsTest {
  @Test
  void agreesWithAll98InclusionVectors() {
    List<Path> files = Corpus.jsonFiles(Corpus.folder("merkle/merkle/testdata/inclusion"));
    int accepted = 0;
    for (Path file : files) {
      Map<String, Object> vector = Json.object(Corpus.text(file));
      boolean verified = inclusion(vector);
      assertEquals(vector.get("wantErr"), !verified, file.toString());
      accepted += verified ? 1 : 0;
    }
    assertEquals(98, files.size());
    assertEquals(6, accepted);
  }

  @Test
  void agreesWithAll98ConsistencyVectors() {
    List<Path> files = Corpus.jsonFiles(Corpus.folder("merkle/merkle/testdata/consistency"));
    int accepted = 0;
    for (Path file : files) {
      Map<String, Object> vector = Json.object(Corpus.text(file));
      boolean verified = consistency(vector);
      assertEquals(vector.get("wantErr"), !verified, file.toString());
      accepted += verified ? 1 : 0;
    }
    assertEquals(98, files.size());
    assertEquals(6, accepted);
  }

  private static boolean inclusion(Map<String, Object> vector) {
    try {
      return Proofs.verifyInclusion(
          (Long) vector.get("leafIdx"),
          (Long) vector.get("treeSize"),
          Hash.ofBase64((String) vector.get("leafHash")),
          hashes(vector.get("proof")),
          Hash.ofBase64((String) vector.get("root")));
    } catch (IllegalArgumentException notThirtyTwoBytes) {
      return false;
    }
  }

  private static boolean consistency(Map<String, Object> vector) {
    try {
      return Proofs.verifyConsistency(
          (Long) vector.get("size1"),
          (Long) vector.get("size2"),
          root((String) vector.get("root1")),
          root((String) vector.get("root2")),
          hashes(vector.get("proof")));
    } catch (IllegalArgumentException notThirtyTwoBytes) {
      return false;
    }
  }

  /**
   * Where a vector does not care about its roots it has the texts "don't care 1" and "2" in their
   * place.
   */
  private static Hash root(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    return new String(bytes, StandardCharsets.UTF_8).startsWith("don't care ")
        ? Hashing.leaf(bytes)
        : Hash.of(bytes);
  }

  private static List<Hash> hashes(Object list) {
    if (list == null) {
      return List.of();
    }
    return ((List<?>) list).stream().map(h -> Hash.ofBase64((String) h)).toList();
  }
}
