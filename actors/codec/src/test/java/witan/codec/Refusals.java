package witan.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;
import witan.codec.json.JsonRefused;

public final class Refusals {
  private Refusals() {}

  public static JsonRefused assertRefused(String code, Executable executable) {
    JsonRefused refused = assertThrows(JsonRefused.class, executable);
    assertEquals(code, refused.refusal().code(), refused.getMessage());
    return refused;
  }
}
