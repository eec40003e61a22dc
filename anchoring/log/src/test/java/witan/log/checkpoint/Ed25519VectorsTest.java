package witan.log.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.log.Corpus;
import witan.log.Json;
import witan.log.tree.Hashing;

/** The edge cases of C2SP CCTV: all are signatures that some implementation of Ed25519 accepts. */
class Ed25519VectorsTest {
  private List<Vector> vectors;

  private record Vector(long number, String key, String sig, String msg, List<?> flags) {
    boolean accepted() {
      try {
        NoteKey noteKey = new NoteKey("vector", NoteKey.Kind.NOTE, HexFormat.of().parseHex(key));
        return noteKey.verify(msg.getBytes(StandardCharsets.UTF_8), HexFormat.of().parseHex(sig));
      } catch (NoteException refusedKey) {
        return false;
      }
    }

    boolean has(String flag) {
      return flags.contains(flag);
    }
  }

  @BeforeEach
  void read() {
    String json = Corpus.text(Corpus.folder("merkle/CCTV/ed25519").resolve("ed25519vectors.json"));
    vectors = ((List<?>) Json.parse(json)).stream().map(v -> vector((Map<?, ?>) v)).toList();
    assertEquals(914, vectors.size());
  }

  private static Vector vector(Map<?, ?> v) {
    List<?> flags = v.get("flags") == null ? List.of() : (List<?>) v.get("flags");
    return new Vector(
        (Long) v.get("number"),
        (String) v.get("key"),
        (String) v.get("sig"),
        (String) v.get("msg"),
        flags);
  }

  @Test
  void noVectorIsAcceptedThatAStrictVerifierMustRefuse() {
    for (Vector vector : vectors) {
      if (vector.has("low_order_A")
          || vector.has("low_order_R")
          || vector.has("non_canonical_A")
          || vector.has("non_canonical_R")
          || vector.has("low_order_residue")) {
        assertFalse(vector.accepted(), vector::toString);
      }
    }
  }

  @Test
  void everyOtherVectorIsAcceptedAlsoThoseWithAComponentOfLowOrderThatCancelsOut() {
    List<Vector> accepted = vectors.stream().filter(Vector::accepted).toList();
    long strict =
        vectors.stream()
            .filter(
                v ->
                    List.of("low_order_component_A", "low_order_component_R")
                        .containsAll(v.flags()))
            .count();

    assertEquals(strict, accepted.size());
    assertEquals(43, accepted.size());
  }

  @Test
  void keysOfSmallOrderAreRefusedWhenTheyAreRead() {
    long refused =
        vectors.stream()
            .filter(v -> v.has("low_order_A") || v.has("non_canonical_A"))
            .map(Vector::key)
            .distinct()
            .peek(
                key ->
                    assertThrows(
                        NoteException.class,
                        () ->
                            new NoteKey("vector", NoteKey.Kind.NOTE, HexFormat.of().parseHex(key)),
                        key))
            .count();

    assertEquals(14, refused);
  }

  @Test
  void theOtherScalarOfTheSameSignatureIsRefused() {
    NoteSigner signer = NoteSigner.generate("name", new SecureRandom());
    byte[] signature =
        SignedNote.parse(signer.sign(new Checkpoint("name", 0, Hashing.EMPTY)))
            .signatures()
            .get(0)
            .bytes();
    byte[] text = new Checkpoint("name", 0, Hashing.EMPTY).body().getBytes(StandardCharsets.UTF_8);
    assertTrue(signer.key().verify(text, signature));
    BigInteger order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    int carry = 0;
    for (int i = 0; i < 32; i++) {
      int sum = (signature[32 + i] & 0xff) + (order.shiftRight(8 * i).intValue() & 0xff) + carry;
      signature[32 + i] = (byte) sum;
      carry = sum >>> 8;
    }
    assertEquals(0, carry);
    assertFalse(signer.key().verify(text, signature));
  }
}
