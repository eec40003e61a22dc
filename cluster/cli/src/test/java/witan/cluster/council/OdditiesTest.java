package witan.cluster.council;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.governance.Eip712Domain;
import witan.domain.registry.Charter;
import witan.domain.registry.CharterRules;
import witan.domain.registry.Seat;

/** What founders are warned of. */
class OdditiesTest {
  private static final Eip712Domain DOMAIN =
      new Eip712Domain("Witan", "1", 1337, new Address("0x" + "cc".repeat(20)));

  /** Seats as {@code organisation tokens}, with a comma between. */
  private static Charter draft(String seats) {
    List<Seat> all = new ArrayList<>();
    for (String seat : seats.split(", ", -1)) {
      String[] words = seat.split(" ", -1);
      int number = all.size() + 1;
      all.add(
          new Seat(
              "m" + number,
              words[0],
              "analyst",
              new Address("0x" + "0%d".formatted(number).repeat(20)),
              new BigInteger(words[1])));
    }
    return CharterDraft.of("acme", "Acme", DOMAIN, all, List.of(), true);
  }

  /** The same with a field of every policy changed. */
  private static Charter with(Charter charter, String field, int value) {
    ObjectNode json = (ObjectNode) Json.node(charter);
    ((ArrayNode) json.get("policies")).forEach(p -> ((ObjectNode) p).put(field, value));
    return Json.read(Charter.class, json);
  }

  private static List<String> odd(Charter charter) {
    return Oddities.of(CouncilView.of(charter));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"acme 100, bolt 100, city 100", "acme 40, acme 40, bolt 60, city 60", "acme 1"})
  void aDraftIsWhatACouncilCanBeFoundedWith(String seats) {
    assertEquals(List.of(), CharterRules.problemOfNew(draft(seats)).stream().toList());
  }

  @Test
  void nothingIsOddAboutThreeEqualOrganisations() {
    assertEquals(List.of(), odd(draft("acme 100, bolt 100, city 100")));
  }

  @Test
  void oneOrganisationThatDecidesAloneIsNamed() {
    Charter charter = with(draft("acme 700, bolt 100, city 100"), "minimumApprovals", 1);

    List<String> odd = odd(charter);

    assertTrue(
        odd.contains("Policy urgent: acme decides alone, even where all others are against it."),
        odd.toString());
    assertTrue(
        odd.contains(
            "Policy urgent: without acme there is no quorum: who stays away stops everything."),
        odd.toString());
    assertTrue(odd.stream().noneMatch(o -> o.contains("bolt")), odd.toString());
  }

  @Test
  void aCapIsReckonedWith() {
    Charter capped =
        with(
            with(draft("acme 700, bolt 100, city 100"), "minimumApprovals", 1),
            "organisationCapBps",
            3_400);

    assertTrue(odd(capped).stream().noneMatch(o -> o.contains("alone")), odd(capped).toString());
  }

  @Test
  void moreApprovalsThanOrganisationsIsNamed() {
    List<String> odd = odd(with(draft("acme 100, bolt 100"), "minimumApprovals", 3));

    assertTrue(
        odd.contains(
            "Policy routine: nothing can be approved: it wants 3 organisations, and 2 have weight."),
        odd.toString());
  }

  @Test
  void aCouncilOfOneOrganisationAndAVoteWithoutWeightAreNamed() {
    assertEquals(
        List.of(
            "All members are of one organisation, acme.",
            "m2 has no tokens: a vote without weight."),
        odd(draft("acme 100, acme 0")));
  }
}
