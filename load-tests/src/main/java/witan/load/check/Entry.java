package witan.load.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import witan.load.client.LoadClient;
import witan.load.crypto.Hashes;
import witan.load.crypto.Merkle;

/**
 * One log entry, as published.
 *
 * @param value the event's values, as the event stream shows them; missing node when not known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Entry(long index, byte[] bytes, JsonNode json, JsonNode value) {

  /** Throws IOException when the bytes are not JSON. */
  public static Entry of(long index, byte[] bytes, JsonNode value) throws IOException {
    return new Entry(index, bytes, LoadClient.JSON.readTree(bytes), value);
  }

  /** Version of its format; 0 when it names none. */
  public int version() {
    return json.path("v").isInt() ? json.path("v").intValue() : 0;
  }

  public String pid() {
    return json.path("pid").asText();
  }

  public long seq() {
    return json.path("seq").asLong();
  }

  public String type() {
    return json.path("type").asText();
  }

  public String actor() {
    return json.path("actor").asText();
  }

  public String prev() {
    return json.path("prev").asText();
  }

  public String at() {
    return json.path("at").asText();
  }

  public byte[] leaf() {
    return Merkle.leafHash(bytes);
  }

  public String hash() {
    return Hashes.hex(leaf());
  }

  @Override
  public String toString() {
    return "#" + index + " " + type() + " " + pid() + "/" + seq();
  }
}
