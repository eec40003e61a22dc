package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.codec.bundle.Bundle;
import witan.domain.common.CaseId;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.RegistryEvent;
import witan.domain.reputation.Gain;
import witan.domain.reputation.Verdict;
import witan.domain.reputation.VerdictFacts;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;

/** A registry that is believed entry by entry, as an executor does. */
class VerifiedRegistryTest {
  private final World world = new World(5);
  private final List<CaseEvent> events =
      Story.approved(world.council()).execute("rehearsal", StepOutcome.REHEARSED).events();
  private final Instant sealed = events.get(events.size() - 1).at();
  private final VerifiedRegistry registry = new VerifiedRegistry("council", null);

  private RegistryEvent verdict(int members) {
    List<String> names = List.of("member0", "member1", "member2", "member3").subList(0, members);
    return new RegistryEvent.VerdictRecorded(
        Story.CASE,
        0,
        new VerdictFacts(
            Verdict.TRUE_POSITIVE,
            null,
            names.stream().map(name -> new VerdictFacts.Vote(name, Support.FOR)).toList(),
            List.of()),
        names.stream().map(name -> new Gain(name, 1)).toList(),
        sealed.plusSeconds(5),
        3L);
  }

  private RegistryEvent said() {
    return world.council().verdict(Story.CASE, Verdict.TRUE_POSITIVE, 1, 1, sealed.plusSeconds(4));
  }

  private static RegistryEvent bond(CaseId caseId) {
    return new RegistryEvent.BondPosted(caseId, "member3", BigInteger.ONE, Story.START);
  }

  /** Adds the founding and then these, each with the case that it may name. */
  private void believe(RegistryEvent... after) {
    Bundle bundle = world.exportThenSettled(events, world.founding(), after);
    List<Logged<CaseEvent>> file = EntryChecks.read(bundle.caseEntries(), CaseEvent.class).value();
    List<Logged<RegistryEvent>> entries =
        EntryChecks.read(bundle.registry(), RegistryEvent.class).value();
    for (Logged<RegistryEvent> entry :
        entries.subList((int) registry.nextSeq() - 1, entries.size())) {
      registry.add(entry, VerifiedRegistry.cause(entry.event()).isPresent() ? file : List.of());
    }
  }

  @Test
  void aCouncilStaysAsItWasWhenMoreIsBelieved() {
    believe();
    Council early = registry.council();
    List<Logged<RegistryEvent>> then = List.copyOf(early.entries());
    believe(bond(new CaseId("other")), said(), verdict(3));
    assertEquals(then, early.entries());
    assertThrows(IndexOutOfBoundsException.class, () -> early.entries().get(1));
    assertEquals(4, registry.council().entries().size());
    assertEquals(then, registry.council().entries().subList(0, 1));
  }

  @Test
  void aVerdictIsHeldAgainstItsCaseWhateverWasPostedForOthers() {
    assertThrows(CheckFailed.class, () -> believe(bond(new CaseId("other")), said(), verdict(4)));
    assertEquals(4, registry.nextSeq());
    assertEquals(3, registry.council().entries().size());
    believe(bond(new CaseId("other")), said(), verdict(3));
    assertEquals(5, registry.nextSeq());
  }

  @Test
  void whatTheRegistryHasOfTheCaseAlreadyIsLookedAtAgain() {
    CheckFailed failed =
        assertThrows(CheckFailed.class, () -> believe(bond(Story.CASE), said(), verdict(3)));
    assertTrue(
        String.valueOf(failed.getMessage()).startsWith("the bond of 1 "), failed::getMessage);
    assertEquals(4, registry.nextSeq());
  }
}
