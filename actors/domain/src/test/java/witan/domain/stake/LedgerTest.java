package witan.domain.stake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static witan.domain.Fixtures.CASE;
import static witan.domain.Fixtures.big;

import java.util.Map;
import org.junit.jupiter.api.Test;
import witan.domain.common.CaseId;

class LedgerTest {
  private static final CaseId OTHER = new CaseId("case-2");
  private static final Bond BOND = new Bond("ana", 1, big(30));

  @Test
  void tokensAreMadeAndUnmadeInTheSupplyOnly() {
    Ledger made = Ledger.EMPTY.minted(big(100)).minted(big(-40));
    assertEquals(new Ledger(big(60), big(0), Map.of(), StakeProfile.DEFAULT), made);
  }

  @Test
  void whatIsSlashedGoesToTheTreasuryAndComesOutOfIt() {
    Ledger ledger = Ledger.EMPTY.minted(big(100)).collected(big(10)).collected(big(-4));
    assertEquals(big(6), ledger.treasury());
    assertEquals(big(100), ledger.supply(), "a token that changes hands is no new one");
  }

  @Test
  void neitherBalanceIsEverNegative() {
    Ledger ledger = Ledger.EMPTY.minted(big(5)).collected(big(5));
    assertEquals(big(0), ledger.collected(big(-5)).treasury());
    assertEquals(big(0), ledger.minted(big(-5)).supply());
    assertThrows(IllegalArgumentException.class, () -> ledger.collected(big(-6)));
    assertThrows(IllegalArgumentException.class, () -> ledger.minted(big(-6)));
  }

  @Test
  void aBondStandsUntilItsOwnCaseIsSettled() {
    Ledger posted = Ledger.EMPTY.posted(CASE, BOND).posted(OTHER, BOND);
    assertEquals(Map.of(CASE, BOND, OTHER, BOND), posted.bonds());
    assertEquals(Map.of(OTHER, BOND), posted.settled(CASE).bonds());
    assertEquals(posted, posted.settled(new CaseId("case-3")));
  }

  @Test
  void anotherProfileChangesNoBalance() {
    Ledger ledger = Ledger.EMPTY.minted(big(9)).collected(big(2)).posted(CASE, BOND);
    assertEquals(
        new Ledger(big(9), big(2), Map.of(CASE, BOND), StakeProfile.PAPER),
        ledger.under(StakeProfile.PAPER));
  }
}
