package witan.codec.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static witan.codec.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.codec.Samples;
import witan.codec.json.JsonRefused;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;

class EntryTest {
  private static Entry entry(CaseId caseId, Digest pol) {
    return entry(Entry.VERSION, caseId, pol);
  }

  private static Entry entry(int v, CaseId caseId, Digest pol) {
    return new Entry(
        v,
        "VoteCast",
        caseId,
        "case|c1",
        17,
        Samples.digest(1),
        Samples.AT,
        "council",
        Samples.digest(2),
        pol);
  }

  private static String text(Entry entry) {
    return new String(entry.bytes(), StandardCharsets.UTF_8);
  }

  private static Entry parse(String text) {
    return Entry.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theBytesAreTheDocumentedOnes(int v) {
    String zeros = "0".repeat(63);
    assertEquals(
        "{\"actor\":\"council\",\"at\":\"2026-11-23T01:02:03.004Z\",\"body\":\""
            + zeros
            + "2\",\"case\":\"c1\",\"pid\":\"case|c1\",\"pol\":\""
            + zeros
            + "3\",\"prev\":\""
            + zeros
            + "1\",\"seq\":17,\"type\":\"VoteCast\",\"v\":"
            + v
            + "}",
        text(entry(v, new CaseId("c1"), Samples.digest(3))));
  }

  @Test
  void anEntryIsReadBackWithAndWithoutItsOptionalMembers() {
    for (Entry entry :
        List.of(
            entry(1, new CaseId("c1"), Samples.digest(3)),
            entry(1, null, null),
            entry(new CaseId("c1"), Samples.digest(3)),
            entry(new CaseId("c1"), null),
            entry(null, null))) {
      assertEquals(entry, parse(text(entry)));
    }
  }

  @Test
  void onlyCanonicalEntriesAreRead() {
    String good = text(entry(new CaseId("c1"), null));
    for (String bad :
        List.of(
            good + " ",
            good.replace("\"seq\":17", "\"seq\": 17"),
            good.replace("{\"actor\":\"council\",", "{").replace("}", ",\"actor\":\"council\"}"),
            good.replace("council", "\\u0063ouncil"),
            good.replace("\"pid\"", "\"pol\":null,\"pid\""))) {
      assertRefused("entry_not_canonical", () -> parse(bad));
    }
    for (String bad :
        List.of(
            "[]",
            good.replace("\"seq\":17", "\"seq\":0"),
            good.replace("\"seq\":17", "\"seq\":17.0"),
            good.replace("\"seq\":17", "\"seq\":9007199254740992"),
            good.replace("\"seq\":17,", ""),
            good.replace("\"v\":4", "\"v\":4,\"x\":1"),
            good.replace(".004Z", "Z"),
            good.replace("case|c1", "x".repeat(70_000)),
            good.substring(1))) {
      assertThrows(JsonRefused.class, () -> parse(bad), bad);
    }
  }

  @Test
  void otherVersionsAreNamed() {
    String good = text(entry(null, null));
    for (String v : List.of("5", "0", "\"1\"", "\"4\"", "null", "4.0", "99999999999")) {
      assertRefused("entry_version_unknown", () -> parse(good.replace("\"v\":4", "\"v\":" + v)));
    }
  }

  @Test
  void anEntryOfAnUnknownVersionIsNotMade() {
    assertThrows(IllegalArgumentException.class, () -> entry(0, null, null));
    assertThrows(IllegalArgumentException.class, () -> entry(5, null, null));
  }

  @Test
  void anEntryTooLargeForABundleIsNotWritten() {
    Entry entry =
        new Entry(
            1, "T", null, "x".repeat(66_000), 1, Digest.ZERO, Samples.AT, "a", Digest.ZERO, null);
    assertRefused("entry_too_large", entry::bytes);
  }
}
