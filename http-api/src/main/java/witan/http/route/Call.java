package witan.http.route;

import akka.stream.Materializer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.http.auth.Principal;
import witan.http.error.Code;
import witan.http.error.Problem;

/**
 * A request that passed every check its endpoint declares.
 *
 * @param principal null only where anybody may call
 * @param path by name of the template
 * @param body empty for a GET, and where it is streamed
 * @param mediaType in lower case, without parameters; empty for a GET
 * @param idempotencyKey of a POST or PUT, valid
 * @param logIndex of the request's header {@link ReadAfterWrite#HEADER}, as sent
 * @param incoming null unless the body is streamed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Call(
    @Nullable Principal principal,
    Map<String, String> path,
    Params query,
    byte[] body,
    String mediaType,
    @Nullable String idempotencyKey,
    @Nullable String lastEventId,
    @Nullable String logIndex,
    @Nullable Incoming incoming,
    Materializer materializer) {

  Principal caller() {
    return Objects.requireNonNull(principal, "an endpoint for anybody asked who calls");
  }

  /** Ids of steps of called playbooks hold slashes, which come encoded. */
  String step() {
    String segment = segment("step");
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment;
    }
  }

  String segment(String name) {
    return Objects.requireNonNull(path.get(name), name);
  }

  Incoming stream() {
    return Objects.requireNonNull(incoming, "an endpoint without a stream asked for it");
  }

  /** The path's case; a name that no case can have is answered like one that no case has. */
  CaseId caseId() {
    String name = segment("caseId");
    try {
      return new CaseId(name);
    } catch (IllegalArgumentException e) {
      throw noSuchCase();
    }
  }

  static Problem noSuchCase() {
    return Problem.of(
        Code.CASE_NOT_FOUND, "There is no such case in the log.", "List them with GET /v1/cases.");
  }
}
