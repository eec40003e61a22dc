package witan.cluster.change;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Urgency;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.registry.Guardians;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryChange.Balance;
import witan.domain.registry.Seat;
import witan.domain.registry.SensorKey;
import witan.domain.stake.Shift;
import witan.domain.stake.StakeProfile;

/** What a person reads of a change before signing it. */
class ChangeTextTest {
  private static final CouncilNow COUNCIL = CouncilSamples.council();
  private static final Address FRESH = new Address("0x" + "dd".repeat(20));

  @Test
  void whoIsAdmittedHasAShareOfWhatThereIsThen() {
    says(
        admitted("analyst"),
        "member dora of umbra admitted as analyst with 50 tokens: 12.5 % of 400",
        "  votes with the key " + FRESH);
  }

  @Test
  void anAutomationAccountHasNoShare() {
    says(
        admitted("automation"),
        "member dora of umbra admitted as automation with 50 tokens: it never votes",
        "  votes with the key " + FRESH);
  }

  private static RegistryChange admitted(String role) {
    return new RegistryChange.AdmitMembers(
        List.of(new Seat("dora", "umbra", role, FRESH, BigInteger.valueOf(50))));
  }

  @Test
  void whoIsRemovedTakesAShareAway() {
    says(
        new RegistryChange.RemoveMembers(List.of("bo", "zoe")),
        "member bo of beta removed, with 100 tokens: 28.57 % of 350",
        "member zoe removed, who is not there");
  }

  @Test
  void tokensMoveEverybodysShare() {
    says(
        new RegistryChange.ChangeTokens(List.of(balance("bo", 150))),
        "tokens of bo 100 -> 150: 28.57 % -> 37.5 %",
        "tokens of all who vote 350 -> 400");
    says(
        new RegistryChange.GrantTokens(List.of(balance("bo", 10))),
        "out of the treasury, tokens of bo 100 -> 110: 28.57 % -> 30.56 %",
        "tokens of all who vote 350 -> 360",
        "treasury 40 -> 30");
    says(
        new RegistryChange.ChangeTokens(List.of(balance("robot", 9))),
        "tokens of robot 50 -> 9: 0 % -> 0 %");
  }

  private static Balance balance(String member, long tokens) {
    return new Balance(member, BigInteger.valueOf(tokens));
  }

  @Test
  void aKeyIsReplaced() {
    says(
        new RegistryChange.ReplaceKey("bo", FRESH),
        "key of member bo",
        "  0x" + "bb".repeat(20) + " ->",
        "  " + FRESH);
  }

  @Test
  void dutyIsATime() {
    Instant from = Instant.parse("2026-12-01T10:00:00Z");
    says(
        new RegistryChange.AssignDuty(
            List.of(new RegistryChange.Duty("bo", new Shift(from, from.plusSeconds(3_600))))),
        "member bo on duty",
        "  from 2026-12-01 10:00:00 UTC to 2026-12-01 11:00:00 UTC");
  }

  @Test
  void ofAPolicyOnlyWhatChangesIsNamed() {
    says(
        new RegistryChange.AdoptPolicies(
            List.of(
                CouncilSamples.policy("high", 4, 5_000, Duration.ofMinutes(15)),
                CouncilSamples.policy("fast", 0, 1_250, Duration.ofSeconds(90)))),
        "policy high: version 3 -> 4",
        "policy high: window 10 min -> 15 min",
        "policy high: quorum 40 % -> 50 %",
        "policy fast is new",
        "  version 0",
        "  for severities from UNKNOWN",
        "  window 1 min 30 s",
        "  quorum 12.5 %",
        "  support 50 %",
        "  counts towards the quorum everybody who votes",
        "  organisations that approve 2",
        "  cap of one organisation 100 %",
        "  weight is by TOKEN",
        "  tokens held for at least none",
        "  longer at a late quorum 1 min",
        "  ballots can be replaced yes",
        "  executed when the decision is in the log",
        "  bond of the proposer 10 tokens",
        "  playbooks are signed by anybody or nobody",
        "policy low is in force no more");
  }

  @Test
  void ofATableTheRowsAreNamed() {
    PolicyTable table =
        new PolicyTable(
            2, List.of(new PolicyTable.Row(Urgency.URGENT, 0, "high", "low", true, null)));
    says(
        new RegistryChange.AdoptPolicies(COUNCIL.policies(), table),
        "the table that chooses a policy: version none -> 2",
        "  + URGENT, impact from 0: high, if its bar is missed low, may be contained first");
  }

  @Test
  void guardiansAndTheirLimits() {
    says(
        new RegistryChange.AppointGuardians(
            new Guardians(List.of("bo"), 2, Duration.ofDays(1), 3, Duration.ofDays(7))),
        "guardians ana -> bo",
        "vetoes of each guardian 1 in 1 d -> 2 in 1 d");
  }

  @Test
  void sensorsAndStakes() {
    SensorKey key = new SensorKey("falco", "aws-eu", "falco+0102+key");
    says(
        new RegistryChange.RegisterSensors(List.of(key), List.of(key)),
        "sensor falco of aws-eu may sign alerts with the key",
        "  falco+0102+key",
        "sensor falco of aws-eu may sign alerts no more with the key",
        "  falco+0102+key");
    says(
        new RegistryChange.AdoptStake(StakeProfile.PAPER),
        "profile of stakes default -> paper",
        "lost of the bond, where too few voted 0 % -> 5 %",
        "lost of the tokens, for an urgent abstention 0 % -> 0.1 %",
        "lost of the tokens, at most in one day 1 % -> 100 %",
        "only members on duty lose tokens yes -> no");
  }

  @Test
  void whatChangesNothingSaysSo() {
    says(
        new RegistryChange.AdoptPolicies(COUNCIL.policies()),
        "nothing changes: the council is so already");
  }

  @Test
  void whatCannotBeReadIsShownAsItIs() {
    List<String> lines =
        ChangeText.of(JsonNodeFactory.instance.objectNode().put("kind", "Abolish"), COUNCIL);
    assertEquals(List.of("a change that this program cannot read: {\"kind\":\"Abolish\"}"), lines);
  }

  /** A kind that this test does not know has no words that anybody looked at. */
  @Test
  void everyKindIsTried() {
    Set<String> kinds =
        Arrays.stream(RegistryChange.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .collect(Collectors.toSet());
    assertEquals(
        new HashSet<>(
            List.of(
                "AdmitMembers",
                "RemoveMembers",
                "ChangeTokens",
                "GrantTokens",
                "ReplaceKey",
                "AssignDuty",
                "AdoptPolicies",
                "AppointGuardians",
                "RegisterSensors",
                "AdoptStake")),
        kinds);
  }

  private static void says(RegistryChange change, String... lines) {
    Draft draft =
        new Draft("acme", DraftRules.kindOf(change), "a change", List.of(), List.of(), change);
    assertEquals(List.of(lines), ChangeText.of(Json.node(draft).get("change"), COUNCIL));
  }
}
