package witan.http.route;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.answers.Answers;
import witan.domain.api.Answer;
import witan.http.error.Code;
import witan.http.error.Problem;

/** Makes answers. */
final class Replies {
  private Replies() {}

  /** The value of an answer that was Done; anything else is thrown as the problem it is. */
  static <T> T done(Answer<T> answer) {
    if (answer instanceof Answer.Done<T> done) {
      return done.value();
    }
    if (answer instanceof Answer.Declined<T> declined) {
      throw Problem.of(declined.refusal());
    }
    Answer.Busy<T> busy = (Answer.Busy<T>) answer;
    throw Problem.busy(Code.BUSY, busy.reason(), busy.retryAfter());
  }

  static HttpResponse json(int status, Object answer) {
    return bytes(
            status,
            ContentTypes.APPLICATION_JSON,
            Answers.text(answer).getBytes(StandardCharsets.UTF_8))
        .addHeader(RawHeader.create("Cache-Control", "no-store"));
  }

  static CompletionStage<HttpResponse> jsonNow(int status, Object answer) {
    return CompletableFuture.completedFuture(json(status, answer));
  }

  static HttpResponse bytes(int status, ContentType type, byte[] bytes) {
    return HttpResponse.create()
        .withStatus(StatusCodes.get(status))
        .withEntity(HttpEntities.create(type, bytes));
  }

  /** Bytes that never change under their address. */
  static HttpResponse immutable(ContentType type, byte[] bytes) {
    return bytes(200, type, bytes)
        .addHeader(RawHeader.create("Cache-Control", "public, max-age=31536000, immutable"));
  }
}
