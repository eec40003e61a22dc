package witan.log.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.log.checkpoint.NoteException.Reason.BAD_SIGNATURE;
import static witan.log.checkpoint.NoteException.Reason.MALFORMED;
import static witan.log.checkpoint.NoteException.Reason.NO_KNOWN_SIGNATURE;
import static witan.log.checkpoint.NoteException.Reason.WRONG_ORIGIN;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.log.tree.Base64Text;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

class SignedNoteTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Hash ROOT = Hashing.leaf(new byte[] {1});

  private final NoteSigner log = NoteSigner.generate("witan.example/log", RANDOM);
  private final NoteSigner witness = NoteSigner.generate("witness.example", RANDOM);
  private final NoteSigner stranger = NoteSigner.generate("witan.example/log", RANDOM);
  private final Checkpoint checkpoint = new Checkpoint("witan.example/log", 7, ROOT);
  private final String note = log.sign(checkpoint);

  private static void refuses(NoteException.Reason reason, String note, NoteKey... keys) {
    NoteException e =
        assertThrows(NoteException.class, () -> SignedNote.open(note, List.of(keys)), note);
    assertEquals(reason, e.reason(), note);
  }

  @Test
  void aSignedCheckpointOpensWithTheKeyOfItsLog() {
    assertEquals(checkpoint, SignedNote.open(note, List.of(witness.key(), log.key())));
    assertEquals("witan.example/log\n7\n" + ROOT.base64() + "\n", SignedNote.parse(note).text());
    assertTrue(note.startsWith(checkpoint.body() + "\n\u2014 witan.example/log "));
  }

  @Test
  void aStoredSignerSignsTheSame() {
    NoteSigner restored = NoteSigner.ofPkcs8("witan.example/log", log.pkcs8());

    assertEquals(log.key(), restored.key());
    assertEquals(log.key(), NoteKey.parse(log.key().vkey()));
    assertEquals(note, restored.sign(checkpoint));
    assertArrayEquals(log.pkcs8(), restored.pkcs8());
    assertThrows(NoteException.class, () -> NoteSigner.ofPkcs8("name", new byte[48]));
    assertThrows(NoteException.class, () -> NoteSigner.ofPkcs8("name", new byte[0]));
  }

  @Test
  void aSignatureIsTheJdksByteForByte() throws GeneralSecurityException {
    Signature jdk = Signature.getInstance("Ed25519");
    jdk.initSign(
        KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(log.pkcs8())));
    jdk.update(checkpoint.body().getBytes(StandardCharsets.UTF_8));

    assertArrayEquals(jdk.sign(), SignedNote.parse(note).signatures().get(0).bytes());
  }

  @Test
  void unknownSignaturesAreIgnoredButOneKnownIsNeeded() {
    String strange = stranger.sign(checkpoint);
    String both = note + strange.substring(checkpoint.body().length() + 1);

    assertEquals(checkpoint, SignedNote.open(both, List.of(log.key())));
    refuses(NO_KNOWN_SIGNATURE, strange, log.key());
    refuses(NO_KNOWN_SIGNATURE, note);
    refuses(NO_KNOWN_SIGNATURE, note, witness.key());
  }

  @Test
  void aBadSignatureOfAKnownKeyCondemnsTheNoteEvenBesideAGoodOne() {
    String otherText = log.sign(new Checkpoint("witan.example/log", 8, ROOT));
    String line = otherText.substring(otherText.indexOf('\u2014'));

    refuses(BAD_SIGNATURE, note + line, log.key());
    refuses(BAD_SIGNATURE, checkpoint.body() + "\n" + line, log.key());
  }

  @Test
  void everyFlippedBitOfASignatureIsRefused() {
    SignedNote.Signature signature = SignedNote.parse(note).signatures().get(0);
    byte[] blob = Base64Text.decode(signature.blob());
    for (int bit = 0; bit < blob.length * 8; bit++) {
      byte[] flipped = blob.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      String forged =
          checkpoint.body() + "\n\u2014 witan.example/log " + Base64Text.encode(flipped) + "\n";
      refuses(bit < 32 ? NO_KNOWN_SIGNATURE : BAD_SIGNATURE, forged, log.key());
    }
  }

  @Test
  void everyChangedCharacterOfANoteIsRefused() {
    for (int i = 0; i < note.length(); i++) {
      String changed = note.substring(0, i) + (char) (note.charAt(i) ^ 1) + note.substring(i + 1);
      assertThrows(
          NoteException.class, () -> SignedNote.open(changed, List.of(log.key())), changed);
      String cut = note.substring(0, i);
      assertThrows(NoteException.class, () -> SignedNote.open(cut, List.of(log.key())), cut);
    }
  }

  @Test
  void aLogsKeyCannotSpeakForAnotherLog() {
    Checkpoint other = new Checkpoint("other.example", 7, ROOT);
    assertEquals(WRONG_ORIGIN, assertThrows(NoteException.class, () -> log.sign(other)).reason());
    NoteSigner renamed = NoteSigner.ofPkcs8("other.example", log.pkcs8());
    String forOther = renamed.sign(other);

    assertEquals(other, SignedNote.open(forOther, List.of(renamed.key())));
    refuses(NO_KNOWN_SIGNATURE, forOther, log.key());
  }

  @Test
  void aWitnessCosignsWithATimeAndItsCosignatureIsNoSignatureOfTheLog() {
    String cosigned = note + witness.cosign(checkpoint, 1_700_000_000L);
    SignedNote parsed = SignedNote.parse(cosigned);

    assertEquals(checkpoint, SignedNote.open(cosigned, List.of(log.key())));
    assertEquals(
        Set.of(log.key(), witness.cosignatureKey()),
        parsed.verify(List.of(log.key(), witness.cosignatureKey())));
    assertEquals(OptionalLong.of(1_700_000_000L), parsed.cosignedAt(witness.cosignatureKey()));
    assertEquals(OptionalLong.empty(), parsed.cosignedAt(stranger.cosignatureKey()));
    assertEquals(OptionalLong.empty(), parsed.cosignedAt(log.key()));
    assertNotEquals(witness.key().keyId(), witness.cosignatureKey().keyId());
    assertEquals(witness.cosignatureKey(), NoteKey.parse(witness.cosignatureKey().vkey()));
    refuses(NO_KNOWN_SIGNATURE, cosigned, witness.cosignatureKey());
    assertThrows(IllegalArgumentException.class, () -> witness.cosign(checkpoint, -1));
  }

  @Test
  void aCosignatureWithAnotherTimeOrForAnotherCheckpointIsBad() {
    String elsewhere = witness.cosign(new Checkpoint("witan.example/log", 8, ROOT), 5);
    byte[] blob = Base64Text.decode(witness.cosign(checkpoint, 5).split(" ", 3)[2].strip());
    blob[11]++;
    String later = "\u2014 witness.example " + Base64Text.encode(blob) + "\n";

    refuses(BAD_SIGNATURE, note + elsewhere, log.key(), witness.cosignatureKey());
    refuses(BAD_SIGNATURE, note + later, log.key(), witness.cosignatureKey());
  }

  @Test
  void sixteenSignaturesAreReadAndEndlessOnesAreNot() {
    String line = note.substring(note.indexOf('\u2014'));

    assertEquals(checkpoint, SignedNote.open(note + line.repeat(15), List.of(log.key())));
    refuses(MALFORMED, note + line.repeat(64), log.key());
    refuses(MALFORMED, "a".repeat(SignedNote.MAX_LENGTH) + note, log.key());
  }

  @Test
  void theLastEmptyLineSeparatesTextAndSignatures() {
    String line = note.substring(note.indexOf('\u2014'));
    SignedNote parsed = SignedNote.parse("a\n\nb\n\n" + line);

    assertEquals("a\n\nb\n", parsed.text());
    assertEquals(1, parsed.signatures().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n",
        "text\n",
        "text\n\n",
        "text\n\u2014 name AAAAAAE=\n",
        "text\n\n\u2014 name AAAAAAE=",
        "text\n\n- name AAAAAAE=\n",
        "text\n\n\u2014name AAAAAAE=\n",
        "text\n\n\u2014 AAAAAAE=\n",
        "text\n\n\u2014  AAAAAAE=\n",
        "text\n\n\u2014 na me AAAAAAE=\n",
        "text\n\n\u2014 na+me AAAAAAE=\n",
        "text\n\n\u2014 na\u00a0me AAAAAAE=\n",
        "text\n\n\u2014 na\u0085me AAAAAAE=\n",
        "text\n\n\u2014 name AAAAAAE\n",
        "text\n\n\u2014 name AAAAAAF=\n",
        "text\n\n\u2014 name AAAAAA==\n",
        "text\n\n\u2014 name \n",
        "text\n\n\u2014 name AAAAAAE= \n",
        "te\txt\n\n\u2014 name AAAAAAE=\n",
        "text\r\n\r\n\u2014 name AAAAAAE=\r\n",
        "te\ud800xt\n\n\u2014 name AAAAAAE=\n",
        "text\n\n\u2014 name AAAAAAE=\n\u2014 name\n"
      })
  void malformedNotesAreRefused(String text) {
    assertEquals(
        MALFORMED, assertThrows(NoteException.class, () -> SignedNote.parse(text)).reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "o\n1\n",
        "o\n01\nR\n",
        "o\n1\nR",
        "o\n1\nR\n\n",
        "o\n1\nR\nextension\n",
        "\n1\nR\n",
        "o\n-1\nR\n",
        "o\n+1\nR\n",
        "o\n1 \nR\n",
        "o\n9223372036854775808\nR\n",
        "o\n1\nr\n",
        "o\r\n1\nR\n",
        "o\n\u0661\nR\n",
        "o\n0\nR\n",
        "o\n0x1\nR\n"
      })
  void malformedCheckpointsAreRefused(String template) {
    String body =
        template.replace("R", ROOT.base64()).replace("r", ROOT.base64().substring(0, 42) + "B=");
    assertEquals(
        MALFORMED, assertThrows(NoteException.class, () -> Checkpoint.parse(body)).reason(), body);
  }

  @Test
  void goodCheckpointsAreReadBack() {
    for (long size : new long[] {1, 10, Long.MAX_VALUE}) {
      Checkpoint good = new Checkpoint("o", size, ROOT);
      assertEquals(good, Checkpoint.parse(good.body()));
    }
    Checkpoint empty = new Checkpoint("o", 0, Hashing.EMPTY);
    assertEquals(empty, Checkpoint.parse(empty.body()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name",
        "name+33d7b496",
        "+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
        "example.com/log/testdata+33d7b497+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
        "example.com/log/testdata+33D7B496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
        "example.com/log/testdatb+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
        "example.com/log/testdata+33d7b496+AuHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
        "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkk==",
        "example.com/log/testdata+33d7b496+!",
        " +33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
      })
  void malformedKeysAreRefused(String vkey) {
    assertEquals(MALFORMED, assertThrows(NoteException.class, () -> NoteKey.parse(vkey)).reason());
  }
}
