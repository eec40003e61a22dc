package witan.cluster.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.codec.json.Json;
import witan.domain.common.Digest;
import witan.domain.governance.Urgency;
import witan.domain.registry.Member;

/** Who votes with whose weight, and what is said of it before it is signed. */
class DelegateCommandTest extends CommandRun {
  @BeforeEach
  void bosKey() throws IOException {
    key("bo.key", "4d".repeat(32));
  }

  private void bo(int exit, String command) {
    run(exit, command + asks() + " --yes --key " + folder.resolve("bo.key"));
  }

  private Member.@Nullable Delegated delegated(String member) {
    Member known = council.state.members().get(member);
    assertNotNull(known);
    return known.delegated();
  }

  @Test
  void theWholeWeightIsDelegatedAndTakenBack() {
    says(0, "delegate --to bo");
    shown("You, ana, delegate to bo of beta");
    shown("for all cases");
    shown("your weight: 200 tokens, 57.14 % of 350");
    shown("bo votes then with 300 tokens, 85.71 % of 350");
    shown("Delegated: log entry 41");
    Member.Delegated to = delegated("ana");
    assertNotNull(to);
    assertEquals("bo", to.delegate());

    says(0, "delegate --back");
    shown("You, ana, take back your delegation to bo, for all cases.");
    assertNull(delegated("ana"));
    says(2, "delegate --back");
    failed("you, ana, delegated to nobody");
  }

  @Test
  void itCanBeForSomeCasesAndUntilATime() {
    says(0, "delegate --to " + FoundedCouncil.BO.address() + " --for urgent,elevated --until 30d");
    shown("for elevated and urgent cases");
    Member.Delegated to = delegated("ana");
    assertNotNull(to);
    assertEquals(false, to.covers(Urgency.ROUTINE));
    assertEquals(true, to.covers(Urgency.URGENT));
    run(0, "delegate list" + asks());
    shown("ana             bo ");
    shown("elevated and urgent cases");
    run(0, "delegate list --json" + asks());
    assertEquals(
        "bo",
        Json.parse(out().getBytes(StandardCharsets.UTF_8), witan.codec.json.Limits.DEFAULT)
            .at("/0/delegate")
            .asText());
  }

  @Test
  void whatWasDelegatedIsNotPassedOn() {
    bo(0, "delegate --to ana");
    says(0, "delegate --to gil");
    shown("not passed on: what bo delegated to you");
    shown("gil votes then with 250 tokens, 71.43 % of 350");
    bo(0, "delegate --to ana");
    shown("ana itself delegated to gil, who does not get your weight");
    shown("in place of your delegation to ana");
  }

  @Test
  void whatCannotBeDelegatedIsNotSigned() throws IOException {
    says(2, "delegate");
    says(2, "delegate --to bo --back");
    says(2, "delegate --to ana");
    failed("that is yourself");
    says(2, "delegate --to zoe");
    failed("there is no member 'zoe'");
    says(2, "delegate --to bo --until 400d");
    failed("at most 366d");
    says(2, "delegate --to bo --for tomorrow");
    failed("routine, elevated or urgent");
    run(2, "delegate --to bo" + access());
    failed("there is no terminal");
    says(2, "delegate --to bo --trust " + trust(Digest.ZERO));
    failed("this is not the council of");
    assertNull(delegated("ana"));
  }

  /** Else it would show the trusted charter to compare, and another one to sign for. */
  @Test
  void theCharterThatWasComparedIsSignedFor() throws IOException {
    council.lies.set(1);
    says(2, "delegate --to bo --trust " + trust(council.charterHash()));
    failed("this is not the council of");
    assertNull(delegated("ana"));
    says(0, "delegate --to bo --trust " + trust(council.charterHash()));
  }

  @Test
  void whatTheCouncilRefusesIsSaid() {
    says(0, "delegate --to bo");
    council.nonce.set(0);
    says(1, "delegate --to gil");
    failed("stale_nonce");
  }

  @Test
  void nobodyDelegates() {
    run(0, "delegate list" + asks());
    shown("Nobody delegates.");
  }
}
