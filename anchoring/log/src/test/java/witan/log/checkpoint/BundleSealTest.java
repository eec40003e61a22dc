package witan.log.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

class BundleSealTest {
  private static final long SEED = 11;

  private final NoteSigner log = NoteSigner.generate("council.example/log", new SecureRandom());
  private final Hash digest = Hashing.sha256("a bundle".getBytes(StandardCharsets.UTF_8));
  private final String note = log.seal(digest);

  @Test
  void opensWithTheLogsKeyOnly() {
    assertEquals(new BundleSeal("council.example/log", digest), BundleSeal.open(note, log.key()));
    NoteSigner other = NoteSigner.generate("council.example/log", new SecureRandom());
    refused(NoteException.Reason.NO_KNOWN_SIGNATURE, note, other.key());
    refused(NoteException.Reason.NO_KNOWN_SIGNATURE, note, log.cosignatureKey());
  }

  @Test
  void isNeverTakenForACheckpointNorACheckpointForASeal() {
    Checkpoint checkpoint = new Checkpoint("council.example/log", 7, digest);
    refused(NoteException.Reason.MALFORMED, log.sign(checkpoint), log.key());
    assertThrows(NoteException.class, () -> SignedNote.open(note, List.of(log.key())));
    assertThrows(NoteException.class, () -> Checkpoint.parse(SignedNote.parse(note).text()));
  }

  @Test
  void hasNoSecondSignature() {
    String twice = note + note.substring(note.indexOf(SignedNote.DASH));
    refused(NoteException.Reason.MALFORMED, twice, log.key());
  }

  @Test
  void breaksWithAnyCharacter() {
    Random random = new Random(SEED);
    for (int at = 0; at < note.length(); at++) {
      char other = (char) (note.charAt(at) ^ 1 << random.nextInt(7));
      String changed = note.substring(0, at) + other + note.substring(at + 1);
      assertThrows(
          NoteException.class,
          () -> BundleSeal.open(changed, log.key()),
          () -> "seed " + SEED + ": " + changed);
    }
  }

  private static void refused(NoteException.Reason reason, String note, NoteKey key) {
    assertEquals(
        reason, assertThrows(NoteException.class, () -> BundleSeal.open(note, key)).reason());
  }
}
