package witan.cluster.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;

/** The council answered, and the answer was no (RFC 9457 problem document). */
public final class ApiRefusedException extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final String hint;

  private ApiRefusedException(String message, int status, String code, String hint) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = hint;
  }

  /** Of an answer that is not 2xx. */
  public static ApiRefusedException of(HttpResponse<byte[]> response) {
    String request = response.request().method() + " " + response.request().uri().getPath();
    String text = new String(response.body(), StandardCharsets.UTF_8);
    String message = request + " answered " + response.statusCode() + ": " + text;
    try {
      JsonNode problem = Json.parse(response.body(), Limits.DEFAULT);
      return new ApiRefusedException(
          message,
          response.statusCode(),
          problem.path("code").asText(),
          (problem.path("detail").asText() + " " + problem.path("hint").asText()).strip());
    } catch (JsonRefused notAProblem) {
      return new ApiRefusedException(message, response.statusCode(), "", text);
    }
  }

  /** What a person is told. */
  public String line() {
    return code.isEmpty()
        ? "Refused: the council answered " + status + (hint.isBlank() ? "" : ", " + hint)
        : "Refused (" + code + "): " + hint;
  }

  public int status() {
    return status;
  }

  /** Stable, e.g. {@code voting_closed}; empty when the answer was no problem document. */
  public String code() {
    return code;
  }

  /** What was wrong and what to do, for a person. */
  public String explanation() {
    return hint;
  }
}
