package witan.codec.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.codec.Refusals.assertRefused;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import witan.codec.Arbitrary;
import witan.domain.registry.RegistryChange;

class SealedShapeTest {
  private record Holder(RegistryChange change) {}

  private static Holder read(String json) {
    return Json.read(Holder.class, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theKindStandsAmongTheComponentsInOrder() {
    RegistryChange change =
        new RegistryChange.ChangeTokens(List.of(new RegistryChange.Balance("ana", BigInteger.TEN)));
    String json =
        "{\"change\":{\"balances\":[{\"member\":\"ana\",\"tokens\":\"10\"}],"
            + "\"kind\":\"ChangeTokens\"}}";
    assertEquals(json, new String(Json.canonical(new Holder(change)), StandardCharsets.UTF_8));
    assertEquals(new Holder(change), read(json));
  }

  @Test
  void everyKindComesBack() {
    Arbitrary arbitrary = new Arbitrary(new Random(11));
    for (int i = 0; i < 500; i++) {
      Holder holder = arbitrary.record(Holder.class);
      assertEquals(holder, Json.read(Holder.class, Json.canonical(holder)), "seed 11, draw " + i);
    }
  }

  @Test
  void otherKindsAndFieldsAreRefused() {
    assertRefused("json_missing_field", () -> read("{\"change\":{}}"));
    assertRefused("json_bad_value", () -> read("{\"change\":{\"kind\":\"Balance\"}}"));
    assertRefused("json_bad_value", () -> read("{\"change\":{\"kind\":7}}"));
    assertRefused("json_wrong_type", () -> read("{\"change\":[]}"));
    assertRefused("json_missing_field", () -> read("{\"change\":{\"kind\":\"RemoveMembers\"}}"));
    assertRefused(
        "json_unknown_field",
        () -> read("{\"change\":{\"kind\":\"RemoveMembers\",\"members\":[],\"x\":1}}"));
  }
}
