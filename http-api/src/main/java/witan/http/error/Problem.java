package witan.http.error;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.answers.Answers;
import witan.answers.playbooks.PlaybookProblem;
import witan.answers.system.ProblemAnswer;
import witan.domain.common.Refusal;

/**
 * A refusal on its way to a caller; RFC 9457 {@code application/problem+json}. It has no stack
 * trace: it answers what a stranger sent, and a flood of bad requests must stay cheap.
 */
public final class Problem extends RuntimeException {
  private static final ContentType TYPE =
      MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8).toContentType();

  private final transient Refusal refusal;
  private final transient @Nullable Duration retryAfter;
  private final transient Map<String, String> headers;
  private final transient @Nullable List<PlaybookProblem> problems;

  private Problem(
      Refusal refusal,
      @Nullable Duration retryAfter,
      Map<String, String> headers,
      @Nullable List<PlaybookProblem> problems) {
    super(refusal.code() + ": " + refusal.message(), null, false, false);
    this.refusal = refusal;
    this.retryAfter = retryAfter;
    this.headers = headers;
    this.problems = problems;
  }

  /** Of a refusal decided below. */
  public static Problem of(Refusal refusal) {
    Problem problem = new Problem(refusal, null, Map.of(), null);
    return problem.status() == 503
        ? new Problem(refusal, Duration.ofSeconds(1), Map.of(), null)
        : problem;
  }

  /**
   * Of a refusal decided here.
   *
   * @param detail what is wrong with this request, for a person
   * @param hint what to do about it
   */
  public static Problem of(Code code, String detail, String hint) {
    return of(new Refusal(code.wire(), detail, hint));
  }

  /** Not decided; the same request may be sent again after the pause. */
  public static Problem busy(Code code, String detail, Duration retryAfter) {
    return new Problem(
        new Refusal(code.wire(), detail, "Send the same request again after the pause."),
        retryAfter,
        Map.of(),
        null);
  }

  public Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(refusal, retryAfter, more, problems);
  }

  /** Of a playbook: each (RFC 9457, 3.2). */
  public Problem withProblems(List<PlaybookProblem> each) {
    return new Problem(refusal, retryAfter, headers, each);
  }

  public Refusal refusal() {
    return refusal;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  public int status() {
    return Code.of(refusal.code()).map(Code::status).orElse(Code.DEFAULT_STATUS);
  }

  /**
   * The whole answer.
   *
   * @param requestId also in the answer's X-Request-Id
   */
  public HttpResponse response(String requestId) {
    HttpResponse response =
        HttpResponse.create()
            .withStatus(StatusCodes.get(status()))
            .withEntity(
                HttpEntities.create(
                    TYPE, Answers.text(answer(requestId)).getBytes(StandardCharsets.UTF_8)));
    if (retryAfter != null) {
      long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
      response = response.addHeader(RawHeader.create("Retry-After", Long.toString(seconds)));
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      response = response.addHeader(RawHeader.create(header.getKey(), header.getValue()));
    }
    return response;
  }

  private ProblemAnswer answer(String requestId) {
    return new ProblemAnswer(
        "urn:witan:problem:" + refusal.code(),
        Code.of(refusal.code()).map(Code::title).orElse("Refused"),
        status(),
        refusal.code(),
        refusal.message(),
        refusal.hint(),
        "urn:witan:request:" + requestId,
        problems);
  }
}
