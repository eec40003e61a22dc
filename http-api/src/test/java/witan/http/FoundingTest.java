package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.governance.Eip712Domain;
import witan.domain.registry.FoundingPlace;
import witan.http.auth.Role;
import witan.http.route.CouncilRoutes;

/** A founding as the registry's own rules decide it, behind the API. */
class FoundingTest {
  private static final Eip712Domain DOMAIN = Samples.CHARTER.domain();
  private static final String ID = Samples.CHARTER.councilId();
  private static final FoundingPlace HERE =
      FoundingPlace.anchored(ID, DOMAIN.chainId(), DOMAIN.verifyingContract());

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
    api.council.decides = true;
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Api.Reply found(String body) {
    return api.post("/v1/council", "application/json", body, Role.OPERATOR);
  }

  private static String body() {
    return new String(
        Json.canonical(
            new CouncilRoutes.Founding(
                Samples.CHARTER,
                List.of(Samples.founding(Samples.ANA), Samples.founding(Samples.BEN)))),
        StandardCharsets.UTF_8);
  }

  @Test
  void aCharterOfThisCouncilChainAndContractFoundsIt() {
    api.council.place = HERE;

    found(body()).expect(201);
    found(body()).expect(200);

    api.get("/v1/council", Role.VOTER).expect(200);
  }

  static Stream<Arguments> elsewhere() {
    return Stream.of(
        Arguments.of(409, "charter_other_council", FoundingPlace.unanchored("elsewhere")),
        Arguments.of(
            409,
            "charter_other_chain",
            FoundingPlace.anchored(ID, DOMAIN.chainId() + 1, DOMAIN.verifyingContract())),
        Arguments.of(
            409,
            "charter_other_contract",
            FoundingPlace.anchored(ID, DOMAIN.chainId(), new Address("0x" + "01".repeat(20)))),
        Arguments.of(503, "charter_chain_unknown", FoundingPlace.awaited(ID)));
  }

  @ParameterizedTest
  @MethodSource("elsewhere")
  void aCharterForAnotherPlaceFoundsNothing(int status, String code, FoundingPlace place) {
    api.council.place = place;

    found(body()).expectProblem(status, code);

    assertEquals(Optional.empty(), api.council.registry);
    api.get("/v1/council", Role.VOTER).expectProblem(404, "council_not_found");
  }

  @Test
  void whatACharterHasToNameIsTold() {
    api.council.place = HERE;
    Api.Reply told = api.get("/v1/council/place", Role.VOTER).expect(200);
    assertEquals(ID, told.json().path("councilId").asText());
    assertEquals(Json.node(DOMAIN), told.json().path("domain"));

    api.council.place = FoundingPlace.unanchored(ID);
    assertTrue(api.get("/v1/council/place", Role.VOTER).json().path("domain").isNull());
  }

  @Test
  void whereNoneIsFoundedTheCommandIsNamedThatWritesACharter() {
    Api.Reply none = api.get("/v1/council", Role.OPERATOR).expectProblem(404, "council_not_found");

    assertTrue(none.json().path("hint").asText().contains("./witan council init"), none.text());
  }

  @Test
  void aDurationInAnotherSpellingIsRefusedWithTheOneThatIsSigned() {
    api.council.place = HERE;
    String window = "\"window\":\"" + Samples.POLICY.window() + "\"";
    assertTrue(body().contains(window), body());

    Api.Reply refused =
        found(
            body()
                .replace(window, "\"window\":\"PT" + Samples.POLICY.window().toSeconds() + "S\""));

    refused.expectProblem(400, "json_bad_value");
    String detail = refused.json().path("detail").asText();
    assertTrue(detail.contains("/charter/policies/0/window"), detail);
    assertTrue(detail.contains("write \"" + Samples.POLICY.window() + "\""), detail);
  }
}
