package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import witan.codec.bundle.Anchor;
import witan.codec.bundle.Bundle;
import witan.codec.bundle.TrustFile;
import witan.codec.bundle.TrustedChain;
import witan.domain.common.Digest;
import witan.domain.proposal.StepOutcome;
import witan.evidence.report.Report;
import witan.evidence.report.Verdict;
import witan.evidence.testing.ExecutorSigned;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.NoteSigner;
import witan.log.checkpoint.SignedNote;
import witan.log.tree.Hashing;

/** One honest bundle under trust files of all kinds: logs, witnesses, executors, anchors. */
class TrustedBundleTest extends BundleOfOneCase {
  @Test
  void anotherTrustDisproves() {
    Trust t = world.trust();
    Digest other = Digest.ZERO;
    fails(
        World.verify(bundle, new Trust(t.logKey(), List.of(), t.chain(), other), world.chain()),
        "founding");
    Trust key = new Trust(new World(1).log().key(), List.of(), t.chain(), t.charterHash());
    fails(World.verify(bundle, key, world.chain()), "checkpoint", "seal");
    TrustedChain chain = new TrustedChain(1, other, World.CHAIN.contract());
    fails(
        World.verify(
            bundle, new Trust(t.logKey(), List.of(), chain, t.charterHash()), world.chain()),
        "same log");
  }

  private Bundle cosigned(NoteSigner witness, long time) {
    Checkpoint checkpoint = SignedNote.open(bundle.checkpoint(), List.of(world.log().key()));
    return world.withCheckpoint(bundle, bundle.checkpoint() + witness.cosign(checkpoint, time));
  }

  /** The log has another key now; the bundle is of before. */
  private Trust keyChanged(long untilSize) {
    TrustFile file = world.trustFile(List.of());
    NoteKey now = NoteSigner.generate(file.origin(), new SecureRandom()).key();
    return Trust.parse(
        new TrustFile(
                file.origin(),
                now.vkey(),
                file.witnesses(),
                file.chain(),
                file.charterHash(),
                null,
                null,
                List.of(new TrustFile.FormerKey(file.logKey(), untilSize)))
            .bytes());
  }

  @Test
  void aFormerKeyOfTheLogCountsUntilItsSizeAndNoFurther() {
    long size = SignedNote.open(bundle.checkpoint(), List.of(world.log().key())).size();
    Report before = World.verify(bundle, keyChanged(size), world.chain());
    assertEquals(Verdict.PROVEN, before.verdict(), before.text());
    Report beyond = World.verify(bundle, keyChanged(size - 1), world.chain());
    assertEquals(Verdict.DISPROVED, beyond.verdict(), beyond.text());
  }

  @Test
  void aFormerKeyOfAnotherLogIsNone() {
    TrustFile file = world.trustFile(List.of());
    for (String key :
        List.of(
            file.logKey(),
            NoteSigner.generate("another.example/log", new SecureRandom()).key().vkey())) {
      byte[] bytes =
          new TrustFile(
                  file.origin(),
                  file.logKey(),
                  file.witnesses(),
                  file.chain(),
                  file.charterHash(),
                  null,
                  null,
                  List.of(new TrustFile.FormerKey(key, 1)))
              .bytes();
      assertThrows(IllegalArgumentException.class, () -> Trust.parse(bytes));
    }
  }

  private Trust trusting(Integer threshold, NoteSigner... witnesses) {
    TrustFile file =
        world.trustFile(
            Stream.of(witnesses).map(witness -> witness.cosignatureKey().vkey()).toList());
    return Trust.parse(
        new TrustFile(
                file.origin(),
                file.logKey(),
                file.witnesses(),
                file.chain(),
                file.charterHash(),
                threshold,
                null)
            .bytes());
  }

  @Test
  void aWitnessCountsIfItIsTrustedAndIsIgnoredIfNot() {
    NoteSigner witness = NoteSigner.generate("witness.example", new SecureRandom());
    NoteSigner other = NoteSigner.generate("other.example", new SecureRandom());
    Bundle cosigned = cosigned(witness, 1_800_000_000);
    Report known = World.verify(cosigned, trusting(null, witness), world.chain());
    assertEquals(Verdict.PROVEN, known.verdict(), known.text());
    assertEquals("1 of 1 witnesses cosigned", text(known, "cosigned"));
    Report unknown = world.verify(cosigned);
    assertEquals(Verdict.PROVEN, unknown.verdict(), unknown.text());
    Report one = World.verify(cosigned, trusting(1, witness, other), world.chain());
    assertEquals(Verdict.PROVEN, one.verdict(), one.text());
    Report all = World.verify(cosigned, trusting(null, witness, other), world.chain());
    assertEquals(List.of("witnesses"), all.open(), all.text());
    Report none = World.verify(bundle, trusting(0, witness), world.chain());
    assertEquals(Verdict.PROVEN, none.verdict(), none.text());
    assertThrows(IllegalArgumentException.class, () -> trusting(2, witness));
  }

  @Test
  void whatNoTrustedExecutorSignedIsDisproved() {
    Report report =
        World.verify(
            bundle, naming(NoteSigner.generate("executor", new SecureRandom())), world.chain());
    fails(report, "executors");
    assertTrue(report.text().contains("forged_intent: executor"), report.text());
  }

  @Test
  void whatWasDoneIsOpenWhereTheTrustFileNamesNoExecutors() {
    Trust t = world.trust();
    Trust none = new Trust(t.logKey(), List.of(), t.chain(), t.charterHash());
    Story done = Story.approved(world.council()).execute("kubernetes", StepOutcome.DONE);
    Report acted = World.verify(world.export(done.events()), none, world.chain());
    assertEquals(List.of("executors"), acted.open(), acted.text());
    Report rehearsed = World.verify(bundle, none, world.chain());
    assertEquals(Verdict.PROVEN, rehearsed.verdict(), rehearsed.text());
  }

  @Test
  void whatATrustedExecutorSignedIsProven() {
    NoteSigner executor = NoteSigner.generate("executor", new SecureRandom());
    Bundle signed =
        world.export(
            ExecutorSigned.events(
                world.council(),
                Story.approved(world.council())
                    .execute("rehearsal", StepOutcome.REHEARSED)
                    .events(),
                executor));
    Report proven = World.verify(signed, naming(executor), world.chain());
    assertEquals(Verdict.PROVEN, proven.verdict(), proven.text());
    Report stranger =
        World.verify(
            signed, naming(NoteSigner.generate("executor", new SecureRandom())), world.chain());
    fails(stranger, "executors");
  }

  private Trust naming(NoteSigner executor) {
    Trust t = world.trust();
    return new Trust(t.logKey(), List.of(), 0, t.chain(), t.charterHash(), List.of(executor.key()));
  }

  @Test
  void aWrongSignatureOfATrustedWitnessIsSeen() {
    NoteSigner witness = NoteSigner.generate("witness.example", new SecureRandom());
    Checkpoint another = new Checkpoint(World.ORIGIN, 3, Hashing.sha256(new byte[] {1}));
    Bundle wrong =
        world.withCheckpoint(bundle, bundle.checkpoint() + witness.cosign(another, 1_800_000_000));
    fails(World.verify(wrong, trusting(0, witness), world.chain()), "cosigned");
    assertEquals(Verdict.PROVEN, world.verify(wrong).verdict());
  }

  @Test
  void anAnchorOfAnotherLogIsSeen() {
    Anchor a = bundle.anchor();
    Anchor forked =
        new Anchor(
            a.size(),
            Digest.ZERO,
            a.chainId(),
            a.genesisHash(),
            a.contract(),
            a.txHash(),
            a.blockNumber(),
            a.blockHash(),
            a.consistency());
    fails(world.verify(world.withAnchor(bundle, forked)), "same log");
    Report none = world.verify(world.withAnchor(bundle, null));
    assertEquals(List.of("anchor"), none.open(), none.text());
  }
}
