package witan.actors.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.actors.testing.MemoryCouncil;
import witan.codec.bundle.Bundle;
import witan.domain.api.Anchors;
import witan.domain.api.Answer;
import witan.domain.common.CaseId;
import witan.domain.governance.Assurance;
import witan.domain.proposal.CaseCommand;
import witan.evidence.BundleVerifier;
import witan.evidence.Trust;
import witan.evidence.report.Report;
import witan.evidence.report.Verdict;

class DismissedBundleTest {
  private static final CaseId CASE = new CaseId("c-1");

  private final MemoryCouncil council = new MemoryCouncil();

  @BeforeEach
  void found() {
    council.found(Assurance.IMMEDIATE);
    council.now = council.now.plusSeconds(60);
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a-1", "web-1"), "{}"));
  }

  private Answer<byte[]> export() throws Exception {
    return new BundleExporter(
            council,
            council,
            council.codec(),
            council,
            council,
            MemoryCouncil.anchors(new Anchors.Status(Anchors.State.DISABLED, 0, null, "none")),
            council.caseLog(),
            council.playbooks(),
            digest -> CompletableFuture.completedFuture(council.signer().seal(digest)),
            0)
        .export(CASE)
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private byte[] bundle() throws Exception {
    Answer<byte[]> answer = export();
    if (answer instanceof Answer.Done<byte[]> done) {
      return done.value();
    }
    throw new AssertionError(answer);
  }

  private Report verified(byte[] bundle) {
    Trust trust =
        new Trust(
            council.signer().key(),
            List.of(),
            null,
            council.hasher().charter(MemoryCouncil.charter(Assurance.IMMEDIATE)));
    Report report = new Report("bundle");
    new BundleVerifier(trust, null).verify(Bundle.parse(bundle), report);
    return report;
  }

  @Test
  void aCaseThatWasClosedWithoutAVoteIsProvenButForWhatTheAlertsWereReadAs() throws Exception {
    council.decide(CASE, new CaseCommand.DismissCase("no_response_option"));

    Report report = verified(bundle());

    assertEquals(Verdict.PROVEN_BUT_FOR, report.verdict(), report.text());
    assertEquals(List.of("registry's end", "alerts' reading"), report.open(), report.text());
    assertTrue(
        report.text().contains("closed without a vote because no rule in force proposes"),
        report.text());
  }

  @Test
  void aCaseThatIsStillLookedAtHasNothingToProveYet() throws Exception {
    Answer.Declined<?> declined = assertInstanceOf(Answer.Declined.class, export());

    assertEquals("voting_not_open", declined.refusal().code());
  }
}
