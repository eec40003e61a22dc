package witan.cluster.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigInteger;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.codec.json.Json;
import witan.codec.playbook.PlaybookDigest;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.governance.Urgency;
import witan.domain.proposal.Draft;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.Guardians;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryChange.Balance;
import witan.domain.registry.Seat;
import witan.domain.registry.SensorKey;
import witan.domain.stake.StakeProfile;

/** What a proposal becomes of what was given, and when it is not signed at all. */
class ProposeCommandTest extends CommandRun {
  private static final String FRESH = "0x" + "dd".repeat(20);

  @Test
  void aMemberIsAdmitted() {
    says(
        0,
        "propose member admit dora --organisation umbra --role analyst --tokens 50 --address "
            + FRESH);

    assertEquals(
        new RegistryChange.AdmitMembers(
            List.of(
                new Seat("dora", "umbra", "analyst", new Address(FRESH), BigInteger.valueOf(50)))),
        change());
    String title = "member dora of umbra admitted as analyst with 50 tokens: 12.5 % of 400";
    assertEquals(title, draft().title());
    assertEquals(ProposalKind.MEMBERSHIP, draft().kind());
    shown(title);
    shown("Decided by policy low: quorum 40 %, support 50 %, within 10 min");
    shown("You post a bond of 10 of your tokens until then.");
    shown("signed by " + FoundedCouncil.ANA.address());
    shown("./witan vote cast p-");
    shown("log entry 41");
  }

  @Test
  void membersAreNamedByNameOrAddress() {
    says(0, "propose member remove gil " + FoundedCouncil.BO.address());
    assertEquals(new RegistryChange.RemoveMembers(List.of("gil", "bo")), change());
    says(2, "propose member remove zoe");
    failed("there is no member 'zoe'");
  }

  @Test
  void weightKeyAndDuty() {
    says(0, "propose member tokens bo=150");
    assertEquals(
        new RegistryChange.ChangeTokens(List.of(new Balance("bo", BigInteger.valueOf(150)))),
        change());
    shown("tokens of bo 100 -> 150: 28.57 % -> 37.5 %");
    says(0, "propose member key bo " + FRESH);
    assertEquals(new RegistryChange.ReplaceKey("bo", new Address(FRESH)), change());
    says(0, "propose member duty ana bo --until 8h");
    RegistryChange.AssignDuty duty = (RegistryChange.AssignDuty) change();
    assertEquals(
        Duration.ofHours(8),
        Duration.between(
            duty.duties().get(1).shift().from(), duty.duties().get(1).shift().until()));
    // The treasury has nothing
    says(1, "propose member grant bo=5");
    failed("change_treasury");
    says(2, "propose member tokens bo=many");
    failed("'many' is no number of tokens");
    says(2, "propose member key bo 0x12");
    failed("is no address");
    run(2, "propose member");
  }

  @Test
  void aPolicyChangesWithALaterVersionAndAllElseStays() {
    says(0, "propose policy high --quorum 50% --window 15min");

    RegistryChange.AdoptPolicies adopted = (RegistryChange.AdoptPolicies) change();
    Policy low = CouncilSamples.council().policies().get(0);
    assertEquals(
        List.of(low, CouncilSamples.policy("high", 4, 5_000, Duration.ofMinutes(15))),
        adopted.policies());
    assertNull(adopted.table());
    assertEquals(ProposalKind.POLICY, draft().kind());
    assertEquals(
        "policy high: window 10 min -> 15 min; policy high: quorum 40 % -> 50 %", draft().title());
    shown("policy high: window 10 min -> 15 min");
    shown("policy high: quorum 40 % -> 50 %");
  }

  @Test
  void aPolicyComesAndGoes() throws Exception {
    says(0, "propose policy high --replaceable false");
    assertEquals(false, ((RegistryChange.AdoptPolicies) change()).policies().get(1).replaceable());
    says(0, "propose policy fast --like low --window 90s");
    RegistryChange.AdoptPolicies adopted = (RegistryChange.AdoptPolicies) change();
    assertEquals(
        CouncilSamples.policy("fast", 1, 4_000, Duration.ofSeconds(90)), adopted.policies().get(2));
    shown("policy fast is new");
    says(0, "propose policy high --remove");
    assertEquals(1, ((RegistryChange.AdoptPolicies) change()).policies().size());
    Files.write(
        folder.resolve("high.json"),
        Json.canonical(CouncilSamples.policy("high", 0, 1_000, Duration.ofMinutes(10))));
    says(0, "propose policy high --file " + folder.resolve("high.json"));
    assertEquals(4, ((RegistryChange.AdoptPolicies) change()).policies().get(1).version());
  }

  @Test
  void whatIsNoPolicyIsNotSigned() {
    says(2, "propose policy fast --window 90s");
    failed("a new one wants --like POLICY or --file FILE");
    says(2, "propose policy high --quorum 40%");
    failed("nothing would change");
    says(2, "propose policy high --quorum 140%");
    failed("'140%' is no percentage");
    says(2, "propose policy high --window soon");
    failed("'soon' is no duration");
    says(2, "propose policy high --mode GUESS");
    failed("that is no policy");
    // A rule of the council: the last policy for every severity stays
    says(1, "propose policy high --holding 5min");
    failed("change_policies");
    assertNull(council.proposed.get());
  }

  @Test
  void aTableIsTakenFromAFile() throws Exception {
    PolicyTable table =
        new PolicyTable(
            1,
            List.of(
                new PolicyTable.Row(Urgency.ROUTINE, 0, "low", null, false),
                new PolicyTable.Row(Urgency.ELEVATED, 0, "low", null, false),
                new PolicyTable.Row(Urgency.URGENT, 0, "high", null, false)));
    Files.write(folder.resolve("table.json"), Json.canonical(table));
    says(0, "propose table " + folder.resolve("table.json"));
    assertEquals(table, ((RegistryChange.AdoptPolicies) change()).table());
    council.apply(change());
    says(0, "propose table " + folder.resolve("table.json"));
    assertEquals(2, ((RegistryChange.AdoptPolicies) change()).table().version());
    says(2, "propose table " + folder.resolve("absent.json"));
    failed("there is no file");
  }

  @Test
  void guardiansAreAddedToThoseThatThereAre() {
    says(0, "propose guardians --add bo --each 2");
    assertEquals(
        new RegistryChange.AppointGuardians(
            new Guardians(List.of("ana", "bo"), 2, Duration.ofDays(1), 3, Duration.ofDays(7))),
        change());
    shown("guardians ana -> ana, bo");
    says(0, "propose guardians --remove ana --together-within 10d");
    assertEquals(List.of(), ((RegistryChange.AppointGuardians) change()).guardians().members());
    says(2, "propose guardians --remove bo");
    says(2, "propose guardians");
    failed("nothing would change");
  }

  @Test
  void playbooksSensorsAndStakes() {
    says(0, "propose playbook --add-signer " + "ab".repeat(32) + " --policy high");
    Policy high = ((RegistryChange.AdoptPolicies) change()).policies().get(1);
    assertEquals(List.of(new Digest("ab".repeat(32))), high.playbookSigners());
    assertEquals(4, high.version());
    shown("policy high: playbooks are signed by anybody or nobody -> ab");

    String key = "falco-1+0a1b2c3d+AQ" + "A".repeat(42);
    says(0, "propose sensors --add " + key + "=aws-eu");
    assertEquals(
        new RegistryChange.RegisterSensors(
            List.of(new SensorKey("falco-1", "aws-eu", key)), List.of()),
        change());
    says(2, "propose sensors --remove " + key);
    failed("no sensor has the key");

    says(0, "propose stake paper");
    assertEquals(new RegistryChange.AdoptStake(StakeProfile.PAPER), change());
    shown("profile of stakes default -> paper");
  }

  @Test
  void anyChangeIsTakenFromAFile() throws Exception {
    Files.writeString(
        folder.resolve("change.json"), "{\"kind\":\"RemoveMembers\",\"members\":[\"gil\"]}");
    says(0, "propose change " + folder.resolve("change.json") + " --title Farewell");
    assertEquals(new RegistryChange.RemoveMembers(List.of("gil")), change());
    assertEquals("Farewell", draft().title());
    Files.writeString(folder.resolve("change.json"), "{\"kind\":\"Abolish\"}");
    says(2, "propose change " + folder.resolve("change.json"));
    failed("change.json");
  }

  @Test
  void aResponseIsAboutAlertsThatAreThere() {
    says(
        0,
        "propose response isolate-workload --case c-17 --target Pod/shop/cart-1@aws-eu"
            + " --target Node/n1@aws-eu --parameter reason=shell");
    Draft draft = draft();
    assertEquals(ProposalKind.INCIDENT, draft.kind());
    assertEquals("a shell in a pod", draft.title());
    assertEquals(
        List.of(new Digest("12".repeat(32)), new Digest("34".repeat(32))), draft.alertDigests());
    assertEquals(
        new ResponseOption(
            "Isolate workload",
            PlaybookDigest.of(FoundedCouncil.PLAYBOOK),
            20,
            List.of(
                new Target("aws-eu", "shop", "Pod", "cart-1"),
                new Target("aws-eu", null, "Node", "n1")),
            Map.of("reason", "shell", "__case_id__", "c-17")),
        draft.options().get(0));
    shown("acts on Pod shop/cart-1 in aws-eu");
    shown("because of 2 alerts");
    says(0, "propose response isolate-workload --case c-17");
    assertEquals(
        List.of(new Target("aws-eu", "shop", "Pod", "cart-1")), draft().options().get(0).targets());
    says(2, "propose response isolate-workload --alert " + "56".repeat(32));
    failed("say what it acts on");
    says(2, "propose response isolate-workload --target Pod/shop/cart-1@aws-eu");
    failed("about which alerts?");
    says(2, "propose response unknown --case c-17 --target Pod/shop/cart-1@aws-eu");
    failed("there is no playbook 'unknown'");
    says(2, "propose response isolate-workload --case c-17 --target cart-1");
    failed("'cart-1' is no target");
  }

  /** Before anything is signed, and at the latest by the council. */
  @Test
  void whatCannotBeAppliedIsRefused() {
    says(
        1,
        "propose member admit ana --organisation x --role analyst --tokens 1 --address " + FRESH);
    failed("change_member_exists");
    assertNull(council.proposed.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"propose member remove gil", "propose policy high --quorum 50%"})
  void nothingIsSignedUnaskedOrForAnotherCouncil(String command) throws Exception {
    // Given no terminal, as in a build, and no --yes
    run(2, command + access());
    failed("there is no terminal to ask on");
    run(2, command + access() + " --yes --trust " + trust(Digest.ZERO));
    failed("this is not the council of");
    run(2, command + " --yes --url " + council.url() + " --token t");
    failed("Missing required option: '--key=FILE'");
    assertNull(council.proposed.get());
    says(0, command + " --trust " + trust(council.charterHash()));
    assertNotNull(council.proposed.get());
  }

  @Test
  void whatIsProposedIsNamed() {
    run(2, "propose");
    failed("What do you propose?");
  }

  private Draft draft() {
    @Nullable SignedDraft proposed = council.proposed.get();
    assertNotNull(proposed);
    assertEquals(FoundedCouncil.ANA.address(), proposed.proposer());
    return proposed.draft();
  }

  private RegistryChange change() {
    RegistryChange change = draft().change();
    assertNotNull(change);
    return change;
  }
}
