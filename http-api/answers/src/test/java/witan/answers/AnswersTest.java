package witan.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import witan.answers.alerts.AlertCounts;
import witan.answers.alerts.AlertsAnswer;
import witan.answers.cases.PauseLine;
import witan.answers.council.VetoRightAnswer.GuardianLine;
import witan.answers.log.AssuranceAnswer;
import witan.answers.log.ReceiptAnswer;
import witan.answers.ocsf.OcsfMetadata.OcsfProduct;
import witan.answers.playbooks.PlaybookVersionAnswer.Status;
import witan.answers.votes.TallyAnswer.Sides;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;

/** What an answer looks like on the wire, and that it is read back. */
class AnswersTest {
  private static final Instant AT = Instant.parse("2026-11-23T01:02:03Z");
  private static final AssuranceAnswer LOGGED =
      new AssuranceAnswer(AssuranceAnswer.Level.LOGGED, 7, null, "/proof", null);

  @Test
  void membersStandInTheOrderOfTheRecordAndWhatIsLeftOutIsNotThere() {
    ReceiptAnswer receipt = new ReceiptAnswer("case|c-1", 2, 7, false, "/entry", LOGGED, null);

    assertEquals(
        "{\"pid\":\"case|c-1\",\"seq\":2,\"index\":7,\"repeated\":false,\"entry\":\"/entry\","
            + "\"assurance\":{\"level\":\"LOGGED\",\"index\":7,\"proof\":\"/proof\"}}",
        Answers.text(receipt));
    assertEquals(receipt, Answers.read(ReceiptAnswer.class, Answers.node(receipt)));
  }

  @Test
  void whatMayBeNullIsWrittenAsNull() {
    GuardianLine line = new GuardianLine("ana", null);

    assertEquals("{\"member\":\"ana\",\"nextVetoAt\":null}", Answers.text(line));
    assertEquals(line, Answers.read(GuardianLine.class, Answers.node(line)));
  }

  @Test
  void aMemberThatMustBeThereIsNeverNull() {
    PauseLine broken = new PauseLine(null, null, "why", AT, AT);

    assertThrows(IllegalStateException.class, () -> Answers.text(broken));
    ObjectNode without =
        (ObjectNode) Answers.node(new PauseLine("ana", null, "why", AT, AT.plusSeconds(1)));
    without.remove("reason");
    assertThrows(JsonRefused.class, () -> Answers.read(PauseLine.class, without));
  }

  @Test
  void timesHaveThreeDigitsAndPowersAreStringsUnderTheNamesOfTheWire() {
    Sides sides = new Sides(BigInteger.TWO.pow(70), BigInteger.ONE, BigInteger.ZERO);

    assertEquals(
        "{\"for\":\"1180591620717411303424\",\"against\":\"1\",\"abstain\":\"0\"}",
        Answers.text(sides));
    assertEquals(sides, Answers.read(Sides.class, Answers.node(sides)));
    assertEquals(
        "2026-11-23T01:02:03.000Z",
        Answers.node(new GuardianLine("ana", AT)).path("nextVetoAt").asText());
    assertEquals("\"shipped\"", Answers.text(Status.SHIPPED));
    assertEquals(
        "{\"name\":\"Witan\",\"vendor_name\":\"us\"}",
        Answers.text(new OcsfProduct("Witan", "us")));
  }

  @Test
  void theMembersOfAnUnwrappedRecordStandInItsPlace() {
    AlertsAnswer answer =
        new AlertsAnswer(new AlertCounts(1, 0, Map.of("opened", 1), 7L, null), List.of(), 0);

    assertEquals(
        "{\"accepted\":1,\"refused\":0,\"outcomes\":{\"opened\":1},\"index\":7,"
            + "\"checkpoint\":null,\"alerts\":[],\"omitted\":0}",
        Answers.text(answer));
    assertEquals(answer, Answers.read(AlertsAnswer.class, Answers.node(answer)));
  }

  @Test
  void aReaderPassesOverWhatANewerNodeAdds() {
    JsonNode newer =
        ((ObjectNode) Json.node(Answers.node(new GuardianLine("ana", AT)))).put("more", true);

    assertEquals(new GuardianLine("ana", AT), Answers.read(GuardianLine.class, newer));
  }
}
