package witan.codec.content;

import java.util.Optional;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.governance.Electorate;

/** Electorates as they are stored: one of 10,000 members has several megabytes. */
public final class ElectorateJson {
  public static final int MAX_BYTES = 16 << 20;

  private static final Limits LIMITS = Limits.ofBytes(MAX_BYTES);

  private ElectorateJson() {}

  /** Refuses ({@link JsonRefused}) what is no electorate. */
  public static Electorate read(byte[] json) {
    return Json.read(Electorate.class, Json.parse(json, LIMITS));
  }

  /** Empty for content of another kind. */
  public static Optional<Electorate> ifOne(byte[] json) {
    try {
      return Optional.of(read(json));
    } catch (JsonRefused other) {
      return Optional.empty();
    }
  }
}
