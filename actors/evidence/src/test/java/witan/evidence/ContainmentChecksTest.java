package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import witan.codec.bundle.BundleEntry;
import witan.codec.entry.Entry;
import witan.codec.event.Encoded;
import witan.codec.event.EventCodec;
import witan.codec.event.OldEntries;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.containment.ContainmentEvent;
import witan.domain.containment.ContainmentTerms;
import witan.domain.governance.AlertTrust;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Containment;
import witan.domain.proposal.Execution;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryVersions;
import witan.domain.reputation.Verdict;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;
import witan.signing.StatementSignatures;

class ContainmentChecksTest {
  private static final String STEP = Containment.step("s");
  private static final byte[] KEY = new byte[32];

  private final Council council = Council.of(1);
  private int version = Entry.VERSION;
  private long lease = 1;
  private witan.evidence.Council registry = registry(1);
  private AlertTrust trust = new AlertTrust(false, List.of("falco"));

  private Story contained(boolean allowed, Target target, String action) {
    Story story = new Story(council).alert("a1").open(null, allowed);
    story.tell(
        new CaseCommand.StartContainment(
            0, "kubernetes", List.of(STEP), List.of("falco"), true, lease, Duration.ofMinutes(2)));
    story.tell(
        new CaseCommand.IntendStep(
            STEP, 1, action, target, Map.of(), "f", Story.START.plusSeconds(900)));
    return story.tell(new CaseCommand.ObserveStep(STEP, 1, StepOutcome.DONE, "done", "[]"));
  }

  private static Target pod(String name) {
    return new Target("demo", "shop", "Pod", name);
  }

  private Story contained() {
    return contained(true, pod("web-1"), "quarantine-label");
  }

  private static Story takenBack(Story story) {
    story.tell(
        new CaseCommand.IntendStep(
            Execution.UNDO + STEP,
            1,
            "release-label",
            pod("web-1"),
            Map.of(),
            "u",
            Story.START.plusSeconds(900)));
    story.tell(
        new CaseCommand.ObserveStep(Execution.UNDO + STEP, 1, StepOutcome.DONE, "done", "[]"));
    return story.tell(new CaseCommand.EndContainment("the lease ran out"));
  }

  private BundleEntry grant(long index, String caseId, String... trusted) {
    return entry(
        index,
        lease,
        Entry.VERSION,
        new ContainmentEvent.ContainmentGranted(
            new CaseId(caseId),
            List.of("demo"),
            new ContainmentTerms(List.of(trusted), 5, 10, 30, Duration.ofMinutes(15)),
            Story.START));
  }

  private static BundleEntry entry(long index, long seq, int version, ContainmentEvent event) {
    EventCodec codec = new EventCodec();
    Encoded e = codec.encode(event, "containment|council", seq, Digest.ZERO, null, KEY);
    if (version < Entry.VERSION) {
      e = OldEntries.of(version, e, KEY);
    }
    return new BundleEntry(
        index,
        new String(e.entry(), StandardCharsets.UTF_8),
        List.of(),
        codec.disclose(e.entry(), e.sealedBody(), KEY, Set.of()));
  }

  private String check(Story story, BundleEntry... grants) {
    EventCodec codec = new EventCodec();
    List<Logged<CaseEvent>> logged = new ArrayList<>();
    for (CaseEvent event : story.events()) {
      Encoded e =
          codec.encode(event, "case|" + Story.CASE, logged.size() + 1, Digest.ZERO, null, KEY);
      if (version == Entry.OLD_VERSION) {
        e = OldEntries.of(version, e, KEY);
      }
      logged.add(
          new Logged<>(100 + logged.size(), Entry.parse(e.entry()), e.hash(), event, List.of()));
    }
    return ContainmentChecks.check(
        registry,
        new CaseFile(Story.CASE, logged),
        List.of(grants),
        new AlertEvidence("council", trust, List.of()));
  }

  @Test
  void aStepUnderALeaseOnTheWordOfATrustedSensorIsProven() {
    String text = check(takenBack(contained()), grant(7, "case-1", "falco"));

    assertTrue(text.contains("1 reversible steps before the decision"), text);
    assertTrue(text.contains("REVERTED"), text);
  }

  @Test
  void theVoteMayConfirmIt() {
    Story story = contained();
    for (int member = 0; member < 3; member++) {
      story.vote(member, Support.FOR, 1);
    }
    story.tell(new CaseCommand.StartExecution("kubernetes", List.of("s")));

    assertTrue(check(story, grant(7, "case-1", "falco")).contains("CONFIRMED by the vote"));
    assertTrue(DecisionChecks.recount(story.events(), council.electorate()).startsWith("APPROVED"));
  }

  @Test
  void withoutItsLeaseItCannotBeCheckedAndWithAnotherOneItIsDisproved() {
    Story story = takenBack(contained());

    assertThrows(CouldNotCheck.class, () -> check(story));
    assertThrows(CheckFailed.class, () -> check(story, grant(7, "case-2", "falco")));
    assertThrows(
        CheckFailed.class, () -> check(story, grant(1_000, "case-1", "falco")), "granted after");
  }

  @Test
  void aSensorThatThePolicyRowDoesNotTrustIsNotEnoughWhateverTheLeaseSays() {
    trust = new AlertTrust(false, List.of("other"));
    assertThrows(
        CheckFailed.class, () -> check(takenBack(contained()), grant(7, "case-1", "falco")));
  }

  @Test
  void anAlertThatNobodySignedIsNotEnoughWhereTheRowDemandsIt() {
    trust = new AlertTrust(true, List.of("falco"));
    CheckFailed failed =
        assertThrows(
            CheckFailed.class, () -> check(takenBack(contained()), grant(7, "case-1", "falco")));
    assertTrue(failed.getMessage().contains("signed"), failed.getMessage());
  }

  @Test
  void inVersion1TheSettingsOfTheLeaseTrustTheSensor() {
    trust = AlertTrust.ANY;
    version = Entry.OLD_VERSION;
    assertTrue(check(takenBack(contained()), grant(7, "case-1", "falco")).contains("REVERTED"));
    assertThrows(
        CheckFailed.class, () -> check(takenBack(contained()), grant(7, "case-1", "other")));
  }

  @Test
  void anotherTargetThanTheAlertsNameOrAnActionThatStaysIsDisproved() {
    Story elsewhere = takenBack(contained(true, pod("web-2"), "quarantine-label"));
    assertThrows(CheckFailed.class, () -> check(elsewhere, grant(7, "case-1", "falco")));

    Story kept = takenBack(contained(true, pod("web-1"), "delete-pod"));
    assertThrows(CheckFailed.class, () -> check(kept, grant(7, "case-1", "falco")));
  }

  @Test
  void whatIsNeitherConfirmedNorEndedIsDisproved() {
    assertThrows(CheckFailed.class, () -> check(contained(), grant(7, "case-1", "falco")));
  }

  /** The founding, and then these. */
  private witan.evidence.Council registry(long index, RegistryEvent... statements) {
    List<RegistryEvent> events = new ArrayList<>(List.of(statements));
    events.add(0, council.founding(Story.START));
    List<Logged<RegistryEvent>> logged = new ArrayList<>();
    for (RegistryEvent event : events) {
      long seq = logged.size() + 1L;
      Encoded e = new EventCodec().encode(event, "registry|council", seq, Digest.ZERO, null, KEY);
      long at = seq == 1 ? 0 : index;
      logged.add(new Logged<>(at, Entry.parse(e.entry()), e.hash(), event, List.of()));
    }
    return new witan.evidence.Council(
        council.charter(),
        new RegistryVersions(new RegistryAggregate(Council.HASHER, new StatementSignatures())),
        logged);
  }

  private static BundleEntry off(long index, long seq) {
    return entry(
        index,
        seq,
        Entry.VERSION,
        new ContainmentEvent.ContainmentSwitched(
            false, false, "p1:olga", "a drill", null, Story.START, null));
  }

  private static BundleEntry on(
      long index, long seq, int version, RegistryEvent.@Nullable StatementRecorded said) {
    return entry(
        index,
        seq,
        version,
        new ContainmentEvent.ContainmentSwitched(
            true,
            false,
            said == null ? "p1:olga" : said.signed().statement().member().hex(),
            Council.REASON,
            null,
            Story.START,
            null,
            said == null ? null : new RecordedStatement(said.signed(), 2)));
  }

  @Test
  void whatWasSwitchedOnAgainByAMemberIsProven() {
    lease = 3;
    RegistryEvent.StatementRecorded said = council.containmentOn(1, 1, 1, Story.START);
    registry = registry(4, said);
    assertTrue(
        check(takenBack(contained()), grant(7, "case-1"), off(3, 1), on(5, 2, Entry.VERSION, said))
            .contains("REVERTED"));
  }

  @Test
  void aLeaseWhileContainmentWasOffOrOnByNobodyWhoMayIsDisproved() {
    lease = 3;
    RegistryEvent.StatementRecorded said = council.containmentOn(1, 1, 1, Story.START);
    registry = registry(4, said);
    Story story = takenBack(contained());
    BundleEntry grant = grant(7, "case-1");
    assertDisproved("switched off", story, grant, off(3, 1));
    assertDisproved("forged_switch", story, grant, off(3, 1), on(5, 2, Entry.VERSION, null));
    RegistryEvent.StatementRecorded other = council.containmentOn(1, 1, 2, Story.START);
    assertDisproved("forged_switch", story, grant, off(3, 1), on(5, 2, Entry.VERSION, other));
    RegistryEvent.StatementRecorded verdict =
        council.verdict(Story.CASE, Verdict.FALSE_POSITIVE, 1, 1, Story.START);
    assertDisproved("forged_switch", story, grant, off(3, 1), on(5, 2, Entry.VERSION, verdict));
    assertDisproved("in order", story, grant, on(5, 2, Entry.VERSION, said), off(3, 1));
    assertDisproved("before the lease", story, grant, off(8, 4));
    registry = registry(2, said);
    assertDisproved("forged_switch", story, grant, off(3, 1), on(5, 2, Entry.VERSION, said));
    registry = registry(6, said);
    assertDisproved("forged_switch", story, grant, off(3, 1), on(5, 2, Entry.VERSION, said));
  }

  private void assertDisproved(String why, Story story, BundleEntry... grants) {
    CheckFailed failed = assertThrows(CheckFailed.class, () -> check(story, grants));
    assertTrue(failed.getMessage().contains(why), failed.getMessage());
  }

  @Test
  void aTokenSwitchedOnInEntriesBeforeMembersDid() {
    lease = 3;
    String text =
        check(
            takenBack(contained()),
            grant(7, "case-1"),
            off(3, 1),
            on(5, 2, Entry.MEMBERS_WORD - 1, null));
    assertTrue(text.contains("switched on 1 times by a token"), text);
  }

  @Test
  void theRulesMakeTheSameEventsAgain() {
    Story story = takenBack(contained()).deadline();

    String text =
        new Replay(council.electorate(), council.charter().domain())
            .check(Story.CASE, story.events());

    assertTrue(text.contains("exactly these"), text);
  }
}
