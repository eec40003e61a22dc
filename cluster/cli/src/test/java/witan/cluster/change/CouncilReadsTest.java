package witan.cluster.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.common.Address;
import witan.domain.registry.RegistryChange;

/** What members and policies look like to a person, and to a program. */
class CouncilReadsTest extends CommandRun {
  private JsonNode document() {
    return Json.parse(out().getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
  }

  @Test
  void membersHaveSharesKeysAndDelegations() {
    says(0, "delegate --to bo");
    council.apply(new RegistryChange.ReplaceKey("gil", new Address("0x" + "99".repeat(20))));
    run(0, "member list" + asks());
    shown("ana               acme              operator          200   57.14 %");
    shown("  " + FoundedCouncil.ANA.address());
    shown("  delegates all cases to bo");
    shown("  votes for ana in all cases");
    shown("  0x" + "99".repeat(20) + ", key changed");
    shown("robot             acme              automation         50         -");
    shown("350 tokens vote.");

    run(0, "member list --json" + asks());
    JsonNode ana = document().at("/members/0");
    assertEquals(5_714, ana.path("shareBps").asInt());
    assertEquals("bo", ana.at("/delegatesTo/0").asText());
    assertEquals("ana", document().at("/members/1/votesFor/0").asText());
    assertEquals("350", document().path("total").asText());
    run(2, "member");
  }

  @Test
  void policiesAreListedInPercentAndShownToProgramsInBasisPoints() {
    run(0, "policy list" + asks());
    shown("high                   3  UNKNOWN   10 min           40 %     50 %         2");
    shown("Chosen by the gravest alert's severity.");
    run(0, "policy show high" + asks());
    shown("quorum                     40 %");
    shown("window                     10 min");
    run(0, "policy show high --json" + asks());
    assertEquals(4_000, document().at("/policy/quorumBps").asInt());
    run(2, "policy show none" + asks());
    failed("there is no policy 'none'");
    run(0, "policy list --json" + asks());
    assertEquals(2, document().path("policies").size());
    run(2, "policy");
  }

  @Test
  void onlyWhatDiffersIsShown() throws IOException {
    Files.write(
        folder.resolve("high.json"),
        Json.canonical(CouncilSamples.policy("high", 4, 4_000, Duration.ofMinutes(90))));
    run(0, "policy diff " + folder.resolve("high.json") + asks());
    assertEquals(
        List.of("policy high: version 3 -> 4", "policy high: window 10 min -> 1 h 30 min"),
        out().lines().toList());

    run(0, "policy diff high" + asks());
    shown("policy high: nothing differs");
    council.apply(
        new RegistryChange.AdoptPolicies(
            List.of(
                CouncilSamples.policy("low", 2, 5_000, Duration.ofMinutes(10)),
                CouncilSamples.policy("new", 0, 5_000, Duration.ofMinutes(10)))));
    run(0, "policy diff low" + asks());
    shown("policy low: quorum 40 % -> 50 %");
    assertFalse(out().contains("window"), out());
    run(2, "policy diff new" + asks());
    failed("is not in the charter");
  }
}
