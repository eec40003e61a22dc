package witan.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import witan.codec.json.Limits;
import witan.http.error.Code;
import witan.http.error.Problem;

/**
 * Cuts a body into alerts, byte for byte as they were sent: an alert's digest is over the sensor's
 * own bytes. What is inside a piece is checked later, piece by piece.
 */
public final class AlertBody {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(Limits.MAX_DEPTH + 1).build())
          .build();

  private AlertBody() {}

  /**
   * One alert's bytes.
   *
   * @param line of NDJSON, or place in an array; from 1
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  public record Piece(int line, byte[] bytes) {}

  /** True when the first character that is not a space opens an array. */
  public static boolean isArray(byte[] body) {
    for (byte b : body) {
      if (!isSpace(b)) {
        return b == '[';
      }
    }
    return false;
  }

  /** The elements of a JSON array; a body that is no array is refused whole. */
  public static List<Piece> elements(byte[] body, int maxPieces) {
    List<Piece> pieces = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(body)) {
      parser.nextToken();
      for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
        if (t == null) {
          throw malformed();
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        add(pieces, new Piece(pieces.size() + 1, trimmed(body, start, end)), maxPieces);
      }
      if (parser.nextToken() != null) {
        throw malformed();
      }
    } catch (IOException e) {
      throw malformed();
    }
    return pieces;
  }

  private static void add(List<Piece> pieces, Piece piece, int maxPieces) {
    if (pieces.size() == maxPieces) {
      throw Problem.of(
          Code.BATCH_TOO_LONG,
          "The batch has more than " + maxPieces + " alerts.",
          "Send it in parts; nothing was changed.");
    }
    pieces.add(piece);
  }

  /** A number has no end of its own: the parser may stand behind the space or comma after it. */
  private static byte[] trimmed(byte[] body, int start, int end) {
    int last = end;
    while (last > start && (isSpace(body[last - 1]) || body[last - 1] == ',')) {
      last--;
    }
    return Arrays.copyOfRange(body, start, last);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  private static Problem malformed() {
    return Problem.of(
        Code.JSON_MALFORMED,
        "The array is not well-formed JSON.",
        "Send RFC 8259 JSON; with application/x-ndjson a bad line spoils no other.");
  }
}
