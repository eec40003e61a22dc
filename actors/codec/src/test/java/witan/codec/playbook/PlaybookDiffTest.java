package witan.codec.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.codec.json.Json;
import witan.codec.json.Limits;

class PlaybookDiffTest {
  private static JsonNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
  }

  private static List<String> diff(String from, String to) {
    return PlaybookDiff.of(json(from), json(to)).changes().stream()
        .map(c -> c.op() + " " + c.path() + " " + c.was() + " " + c.value())
        .toList();
  }

  @Test
  void membersAreComparedByNameAndItemsByPlace() {
    assertEquals(List.of(), diff("{'a':1,'b':[1]}", "{'b':[1],'a':1}"));
    assertEquals(
        List.of(
            "replace /a 1 2",
            "remove /b true null",
            "replace /c/0/x \"y\" \"z\"",
            "add /d null {}"),
        diff("{'a':1,'b':true,'c':[{'x':'y'}]}", "{'a':2,'c':[{'x':'z'}],'d':{}}"));
    assertEquals(List.of("replace /a [1] [1,2]"), diff("{'a':[1]}", "{'a':[1,2]}"));
    assertEquals(List.of("replace /a {} []"), diff("{'a':{}}", "{'a':[]}"));
    assertEquals(List.of("replace /a~1b~0 1 2"), diff("{'a/b~':1}", "{'a/b~':2}"));
  }

  @Test
  void itIsBounded() {
    ObjectNode from = Json.mapper().createObjectNode();
    ObjectNode to = Json.mapper().createObjectNode();
    for (int i = 0; i < PlaybookDiff.MAX_CHANGES; i++) {
      to.put("m" + i, i);
    }
    assertFalse(PlaybookDiff.of(from, to).truncated());
    to.put("one more", 1);
    PlaybookDiff diff = PlaybookDiff.of(from, to);
    assertTrue(diff.truncated());
    assertEquals(PlaybookDiff.MAX_CHANGES, diff.changes().size());
  }
}
