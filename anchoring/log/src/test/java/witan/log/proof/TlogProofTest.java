package witan.log.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteException;
import witan.log.checkpoint.NoteSigner;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

class TlogProofTest {
  private final List<Hash> leaves = ReferenceTree.leaves(13);
  private final ReferenceTree tree = new ReferenceTree(leaves);
  private final NoteSigner log = NoteSigner.generate("witan.example/log", new SecureRandom());
  private final Checkpoint checkpoint = new Checkpoint("witan.example/log", 13, tree.root(13));
  private final String note = log.sign(checkpoint);
  private final TlogProof proof = new TlogProof(Optional.empty(), 5, tree.inclusion(5, 13), note);

  @Test
  void theFileHasTheLinesOfTheSpecification() {
    String hashes = String.join("\n", tree.inclusion(5, 13).stream().map(Hash::base64).toList());

    assertEquals("c2sp.org/tlog-proof@v1\nindex 5\n" + hashes + "\n\n" + note, proof.text());
  }

  @Test
  void aProofIsReadBackAndVerifies() {
    TlogProof hinted = new TlogProof(TlogProof.extra(new byte[] {1, 2}), 5, proof.hashes(), note);

    assertEquals(proof, TlogProof.parse(proof.text()));
    assertEquals(hinted, TlogProof.parse(hinted.text()));
    assertEquals(checkpoint, proof.verify(leaves.get(5), List.of(log.key())));
    assertEquals(checkpoint, hinted.verify(leaves.get(5), List.of(log.key())));
  }

  @Test
  void aTreeOfOneLeafNeedsNoHashes() {
    Checkpoint one = new Checkpoint("witan.example/log", 1, leaves.get(0));
    TlogProof only = new TlogProof(Optional.empty(), 0, List.of(), log.sign(one));

    assertEquals(only, TlogProof.parse(only.text()));
    assertEquals(one, only.verify(leaves.get(0), List.of(log.key())));
  }

  @Test
  void anotherLeafIsNotIncludedAndAnotherKeyProvesNothing() {
    NoteException other =
        assertThrows(NoteException.class, () -> proof.verify(leaves.get(4), List.of(log.key())));
    NoteException unknown =
        assertThrows(NoteException.class, () -> proof.verify(leaves.get(5), List.of()));

    assertEquals(NoteException.Reason.NOT_INCLUDED, other.reason());
    assertEquals(NoteException.Reason.NO_KNOWN_SIGNATURE, unknown.reason());
  }

  @Test
  void everyChangedCharacterIsRefused() {
    String text = proof.text();
    for (int i = 0; i < text.length(); i++) {
      String changed = text.substring(0, i) + (char) (text.charAt(i) ^ 1) + text.substring(i + 1);
      assertThrows(
          NoteException.class,
          () -> TlogProof.parse(changed).verify(leaves.get(5), List.of(log.key())),
          changed);
    }
  }

  @Test
  void anyOtherFormIsMalformed() {
    String hash = proof.hashes().get(0).base64();
    String tail = "\n" + note;
    String head = "c2sp.org/tlog-proof@v1\n";
    for (String text :
        List.of(
            "",
            head,
            head + tail,
            head + "index 5\n" + hash + "\n",
            head + "index 05\n" + tail,
            head + "index -5\n" + tail,
            head + "index 9223372036854775808\n" + tail,
            head + "index 5\nindex 5\n" + tail,
            head + "index 5\nextra AQI=\n" + tail,
            head + "extra \nindex 5\n" + tail,
            head + "extra AQI\nindex 5\n" + tail,
            head + "extra AQJ=\nindex 5\n" + tail,
            head + "index 5\n" + hash + " \n" + tail,
            head + "index 5\n" + hash.substring(0, 42) + "B=\n" + tail,
            head + "index 5\n" + (hash + "\n").repeat(65) + tail,
            head + "index 5\r\n" + tail,
            "c2sp.org/tlog-proof@v2\nindex 5\n" + tail,
            "\n" + head + "index 5\n" + tail,
            head + "index 5\n\n" + tail)) {
      NoteException e = assertThrows(NoteException.class, () -> TlogProof.parse(text), text);
      assertEquals(NoteException.Reason.MALFORMED, e.reason());
    }
    List<Hash> many = Collections.nCopies(65, Hashing.EMPTY);
    assertThrows(NoteException.class, () -> new TlogProof(Optional.empty(), 0, many, note));
    assertThrows(NoteException.class, () -> new TlogProof(Optional.of(""), 0, List.of(), note));
    assertThrows(
        NoteException.class, () -> new TlogProof(Optional.empty(), 0, List.of(), "no note"));
    assertThrows(NoteException.class, () -> new TlogProof(Optional.empty(), -1, List.of(), note));
  }
}
