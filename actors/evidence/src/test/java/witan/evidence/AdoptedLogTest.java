package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.codec.bundle.Bundle;
import witan.codec.bundle.TrustFile;
import witan.codec.bundle.TrustedChain;
import witan.domain.adoption.AdoptionEvent.LogAdopted;
import witan.domain.adoption.SignedAdoption;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.evidence.report.Report;
import witan.evidence.report.Verdict;
import witan.evidence.testing.AdoptedWorld;
import witan.evidence.testing.World;
import witan.log.checkpoint.NoteSigner;

/** A log that lost its end and went on in a second generation, and who lies about it. */
class AdoptedLogTest extends BundleOfOneCase {
  private final AdoptedWorld adopted = new AdoptedWorld(world);

  /** Decided after it, amid it, before it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, Integer.MAX_VALUE})
  void aCaseIsProvenOnEitherSideOfTheAdoption(int before) {
    Report report = adopted.verify(adopted.export(events, Math.min(before, events.size())));
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
    assertTrue(text(report, "adoption").contains("3 members' statements"), report.text());
  }

  @Test
  void whoDoesNotNameTheGenerationDoesNotFollowAndIsToldWhy() {
    Trust old = world.trust();
    TrustedChain before =
        new TrustedChain(31_337, Digest.ZERO, new Address("0x" + "0c".repeat(20)));
    Report report =
        World.verify(
            adopted.export(events, 3),
            new Trust(old.logKey(), List.of(), 0, before, old.charterHash(), old.executors()),
            world.chain());
    assertEquals(Verdict.COULD_NOT_CHECK, report.verdict(), report.text());
    for (String name : List.of("checkpoint", "seal")) {
      assertTrue(text(report, name).contains(AdoptedWorld.ORIGIN), report.text());
      assertTrue(text(report, name).contains("generations"), report.text());
    }
  }

  @Test
  void aBundleOfTheOldGenerationIsToBeExportedAgain() {
    Report report = adopted.verify(bundle);
    assertEquals(Verdict.PROVEN_BUT_FOR, report.verdict(), report.text());
    assertEquals(List.of("generation"), report.open());
  }

  @Test
  void whatWasNotAdoptedIsNotInTheLog() {
    fails(
        adopted.verify(adopted.export(events, 3, 1, e -> adopted.signedBy(e, 0, 1, 2))),
        "inclusion");
  }

  @Test
  void anAdoptionThatNobodySignedIsNamed() {
    Report report = adopted.verify(adopted.export(events, 3, 0, e -> e));
    assertEquals(Verdict.PROVEN_BUT_FOR, report.verdict(), report.text());
    assertEquals(List.of("adoption"), report.open());
  }

  private void refused(String code, UnaryOperator<LogAdopted> said) {
    Report report = adopted.verify(adopted.export(events, 3, 0, said));
    fails(report, "adoption");
    assertTrue(text(report, "adoption").contains(code + ":"), report.text());
  }

  private UnaryOperator<LogAdopted> beside(SignedAdoption last) {
    return e -> AdoptedWorld.with(e, List.of(adopted.statement(e, 0, 0, 1), last));
  }

  @Test
  void whoDoesNotSignIsAgainst() {
    refused("adoption_not_supported", e -> adopted.signedBy(e, 0, 1));
  }

  @Test
  void eachMemberSignsOnceForItselfAndForThisAdoption() {
    refused("signed_twice", e -> adopted.signedBy(e, 0, 1, 1));
    refused(
        "signature_wrong_signer",
        e -> AdoptedWorld.with(e, List.of(adopted.statement(e, 0, 1, 1))));
    refused("stale_nonce", e -> AdoptedWorld.with(e, List.of(adopted.statement(e, 3, 3, 1))));
    refused(
        "wrong_statement",
        e -> {
          LogAdopted other =
              new LogAdopted(
                  e.origin(),
                  e.oldOrigin(),
                  e.oldSize(),
                  Digest.ZERO,
                  e.lost(),
                  e.reason(),
                  List.of(),
                  e.by(),
                  e.at(),
                  e.person());
          return beside(adopted.statement(other, 1, 1, 1)).apply(e);
        });
  }

  @Test
  void anAdoptionThatIsNotShownDisproves() {
    Bundle b = adopted.export(events, 3);
    Bundle without =
        new Bundle(
            b.caseId(),
            b.checkpoint(),
            b.registry(),
            b.caseEntries(),
            b.decisions(),
            b.electorate(),
            b.playbooks(),
            b.grants(),
            b.blastRadius(),
            b.anchor(),
            "");
    fails(adopted.verify(adopted.seal(without)), "generations");
  }

  @Test
  void generationsAreNamedInTheirOrder() {
    TrustFile file = adopted.trustFile();
    for (String name : List.of("/g2", "/g", "", "/g1/g1")) {
      String key = NoteSigner.generate(file.origin() + name, new SecureRandom()).key().vkey();
      byte[] bytes =
          new TrustFile(
                  file.origin(),
                  file.logKey(),
                  file.witnesses(),
                  file.chain(),
                  file.charterHash(),
                  null,
                  null,
                  null,
                  List.of(key))
              .bytes();
      assertThrows(IllegalArgumentException.class, () -> Trust.parse(bytes), name);
    }
  }
}
