package witan.actors.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import witan.actors.testing.MemoryCouncil;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.Phase;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.RegistryChange;

/** Where a member's proposal goes. */
class CaseBallotsTest {
  private final MemoryCouncil council = new MemoryCouncil();
  private final CaseBallots ballots = new CaseBallots(council, council.hasher());
  private final SignedDraft signed =
      MemoryCouncil.sign(
          new Draft(
              MemoryCouncil.ID,
              ProposalKind.MEMBERSHIP,
              "member 2 gets more",
              List.of(),
              List.of(),
              new RegistryChange.ChangeTokens(
                  List.of(new RegistryChange.Balance("member2", BigInteger.TEN)))),
          0,
          MemoryCouncil.START.getEpochSecond() + 600,
          MemoryCouncil.key(0));
  private final CaseId caseId = DraftRules.caseId(signed, council.hasher());
  private final CaseId old = DraftRules.oldCaseId(signed, council.hasher());

  private Receipt propose() throws Exception {
    Answer<Receipt> answer =
        ballots
            .propose(caseId, signed, MemoryCouncil.DOMAIN)
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    return ((Answer.Done<Receipt>) answer).value();
  }

  @Test
  void aProposalOpensACaseWhoseNameHas128Bits() throws Exception {
    assertTrue(caseId.value().matches("p-[0-9a-f]{32}"), caseId.value());
    assertEquals("case|" + caseId, propose().pid());
    assertTrue(propose().repeated());
    assertEquals(Phase.UNOPENED, council.state(old).phase());
  }

  @Test
  void aProposalThatOpenedACaseBeforeTheUpgradeOpensNoSecondOne() throws Exception {
    council.forge(old, new CaseEvent.CaseOpened(old, MemoryCouncil.ID, MemoryCouncil.START));
    council.forge(
        old,
        new CaseEvent.Proposed(
            signed, council.hasher().draft(signed.draft()), MemoryCouncil.START));

    Receipt receipt = propose();

    assertEquals("case|" + old, receipt.pid());
    assertTrue(receipt.repeated());
    assertEquals(2, council.size());
  }
}
