package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.address;
import static witan.domain.fixtures.DraftBuilder.aDraft;
import static witan.domain.fixtures.OptionBuilder.anOption;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.JsonNumbers;
import witan.domain.common.Refusal;
import witan.domain.detection.Severity;
import witan.domain.fixtures.DraftBuilder;
import witan.domain.governance.Gravity;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Urgency;
import witan.domain.registry.Guardians;
import witan.domain.registry.RegistryChange;
import witan.domain.stake.StakeProfile;

class DraftRulesTest {
  private static final RegistryChange REMOVE = new RegistryChange.RemoveMembers(List.of("m3"));

  private static SignedDraft signed(Draft draft, long nonce, long deadline) {
    return new SignedDraft(draft, address(1), nonce, deadline, "0x");
  }

  private static String answer(Draft draft) {
    return answer(signed(draft, 1, 1));
  }

  private static String answer(SignedDraft signed) {
    return DraftRules.problem(signed).map(Refusal::code).orElse("fits");
  }

  private static List<Digest> alerts(int count) {
    return IntStream.range(0, count).mapToObj(i -> HASHER.text("alert " + i)).toList();
  }

  private static List<ResponseOption> options(int count) {
    return Collections.nCopies(count, anOption().build());
  }

  static Stream<Arguments> drafts() {
    return Stream.of(
        Arguments.of("fits", aDraft().titled("t".repeat(200))),
        Arguments.of("draft_title", aDraft().titled("t".repeat(201))),
        Arguments.of("draft_title", aDraft().titled(" \n")),
        Arguments.of("fits", aDraft().alerts(alerts(100))),
        Arguments.of("draft_alerts", aDraft().alerts(alerts(101))),
        Arguments.of("draft_alerts", aDraft().alerts(List.of())),
        Arguments.of("draft_alerts", aDraft().alerts(Collections.nCopies(2, Digest.ZERO))),
        Arguments.of("fits", aDraft().options(options(16))),
        Arguments.of("draft_options", aDraft().options(options(17))),
        Arguments.of("draft_options", aDraft().options(List.of())),
        Arguments.of(
            "draft_change",
            aDraft(aDraft().build())
                .change(REMOVE)
                .kind(ProposalKind.INCIDENT)
                .alerts(alerts(1))
                .options(options(1))),
        Arguments.of("fits", aDraft().change(REMOVE)),
        Arguments.of("draft_alerts", aDraft().change(REMOVE).alerts(alerts(1))),
        Arguments.of("draft_options", aDraft().change(REMOVE).options(options(1))),
        Arguments.of("draft_change", aDraft().change(REMOVE).kind(ProposalKind.POLICY)),
        Arguments.of(
            "draft_change",
            aDraft().kind(ProposalKind.POLICY).alerts(List.of()).options(List.of())));
  }

  @ParameterizedTest
  @MethodSource("drafts")
  void aDraftIsOfItsKindAndWithinItsBounds(String answer, DraftBuilder draft) {
    assertEquals(answer, answer(draft.build()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, fits",
    "9007199254740991, 9007199254740991, fits",
    "-1, 0, draft_out_of_range",
    "0, -1, draft_out_of_range",
    "9007199254740992, 0, draft_out_of_range",
    "0, 9007199254740992, draft_out_of_range"
  })
  void numbersAreThoseThatJsonKeeps(long nonce, long deadline, String answer) {
    assertEquals(answer, answer(signed(aDraft().build(), nonce, deadline)));
    assertTrue(JsonNumbers.natural(JsonNumbers.MAX));
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(ProposalKind.POLICY, new RegistryChange.AdoptPolicies(List.of(), null)),
        Arguments.of(ProposalKind.POLICY, new RegistryChange.RegisterSensors(List.of(), List.of())),
        Arguments.of(ProposalKind.POLICY, new RegistryChange.AdoptStake(StakeProfile.DEFAULT)),
        Arguments.of(ProposalKind.POLICY, new RegistryChange.AppointGuardians(Guardians.NONE)),
        Arguments.of(ProposalKind.MEMBERSHIP, REMOVE),
        Arguments.of(ProposalKind.MEMBERSHIP, new RegistryChange.AdmitMembers(List.of())),
        Arguments.of(ProposalKind.MEMBERSHIP, new RegistryChange.ChangeTokens(List.of())),
        Arguments.of(ProposalKind.MEMBERSHIP, new RegistryChange.GrantTokens(List.of())),
        Arguments.of(ProposalKind.MEMBERSHIP, new RegistryChange.AssignDuty(List.of())),
        Arguments.of(ProposalKind.MEMBERSHIP, new RegistryChange.ReplaceKey("m1", address(9))));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void rulesArePoliciesAndPeopleAreMembership(ProposalKind kind, RegistryChange change) {
    assertEquals(kind, DraftRules.kindOf(change));
  }

  @Test
  void thereIsAKindForEveryChange() {
    assertEquals(RegistryChange.class.getPermittedSubclasses().length, kinds().count());
  }

  /** However often it is sent, and whatever its deadline is made. */
  @Test
  void aStatementOpensOneCase() {
    SignedDraft signed = signed(aDraft().build(), 1, 1);
    CaseId caseId = DraftRules.caseId(signed, HASHER);

    assertEquals(caseId, DraftRules.caseId(signed(aDraft().build(), 1, 2), HASHER));
    assertNotEquals(caseId, DraftRules.caseId(signed(aDraft().build(), 2, 1), HASHER));
    assertNotEquals(
        caseId, DraftRules.caseId(signed(aDraft().titled("Another").build(), 1, 1), HASHER));
    assertNotEquals(
        caseId,
        DraftRules.caseId(new SignedDraft(aDraft().build(), address(2), 1, 1, "0x"), HASHER));
  }

  @Test
  void aCaseHasTheNameOf128BitsOrThatOf96() {
    SignedDraft signed = signed(aDraft().build(), 1, 1);
    CaseId now = DraftRules.caseId(signed, HASHER);
    CaseId before = DraftRules.oldCaseId(signed, HASHER);

    assertEquals(2 + 32, now.value().length());
    assertEquals(now.value().substring(0, 2 + 24), before.value());
    assertTrue(DraftRules.names(now, signed, HASHER));
    assertTrue(DraftRules.names(before, signed, HASHER));
    assertFalse(DraftRules.names(new CaseId(now.value().substring(0, 30)), signed, HASHER));
  }

  /** Nobody but the proposer could say how grave it is: a proposer does not choose the bar. */
  @Test
  void aProposalIsRoutineAndAChangeHasTheHighestImpact() {
    assertEquals(
        new Gravity(Urgency.ROUTINE, 90, Severity.UNKNOWN),
        aDraft().options(List.of(anOption().impact(90).build())).build().gravity());
    assertEquals(
        new Gravity(Urgency.ROUTINE, 100, Severity.UNKNOWN),
        aDraft().change(REMOVE).build().gravity());
  }
}
