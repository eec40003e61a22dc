package witan.http.error;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.settings.ServerSettings;

/**
 * Answers what akka-http refuses before there is a request (RFC 9112 syntax, sizes of line and
 * headers). akka-http finds it by class name, as a Scala object: hence {@link #MODULE$}.
 */
public final class ParsingErrors extends ParsingErrorHandler {
  @SuppressWarnings({"checkstyle:ConstantName", "MemberName"})
  public static final ParsingErrors MODULE$ = new ParsingErrors();

  private ParsingErrors() {}

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    Code code =
        switch (status.intValue()) {
          case 413 -> Code.BODY_TOO_LARGE;
          case 414 -> Code.URI_TOO_LONG;
          case 431 -> Code.HEADERS_TOO_LARGE;
          default -> Code.REQUEST_MALFORMED;
        };
    // The summary is akka-http's own words; the detail may quote the request and is not repeated.
    return Problem.of(code, error.summary(), "See RFC 9110 and RFC 9112; nothing was changed.")
        .response("unparsed");
  }
}
