package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.http.auth.Role;

class EventsTest {
  private Api api;

  @BeforeEach
  void start() {
    api = new Api(Api.settings(Duration.ofSeconds(20), 1, Duration.ofMillis(50)));
    api.council.events.addAll(Samples.events());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private record Frame(String id, String event, JsonNode data) {}

  private static List<Frame> frames(String stream) {
    List<Frame> frames = new ArrayList<>();
    for (String block : stream.split("\n\n", -1)) {
      String id = "";
      String event = "";
      String data = "";
      for (String line : block.split("\n", -1)) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        }
      }
      if (!data.isEmpty()) {
        try {
          frames.add(new Frame(id, event, Api.JSON.readTree(data)));
        } catch (IOException e) {
          throw new AssertionError(data, e);
        }
      }
    }
    return frames;
  }

  private static List<String> ids(Api.Reply reply) {
    return frames(reply.expect(200).text()).stream().map(Frame::id).toList();
  }

  private Api.Reply stream(String query, String lastEventId) {
    HttpRequest.Builder request = api.request("/v1/events" + query);
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return Api.send(Api.as(request, Role.AUDITOR));
  }

  @Test
  void theFeedIsTheLogInOrder() {
    Api.Reply reply = stream("", null).expect(200);
    assertEquals("text/event-stream", reply.header("content-type").split(";", 2)[0]);
    List<Frame> frames = frames(reply.text());
    assertEquals(List.of("0", "1", "2"), frames.stream().map(Frame::id).toList());
    assertEquals("CaseOpened", frames.get(0).event());
    assertEquals("acme", frames.get(0).data().at("/event/councilId").asText());
    assertEquals("LOGGED", frames.get(0).data().at("/assurance/level").asText());
    assertTrue(frames.get(2).data().path("erased").asBoolean(), "its key was destroyed");
  }

  @Test
  void aReaderThatComesBackMissesNothingAndGetsNothingTwice() {
    assertEquals(List.of("1", "2"), ids(stream("", "0")));
    assertEquals(List.of("2"), ids(stream("?from=0", "1")), "the header wins");
    assertEquals(List.of(), ids(stream("", "2")));
    assertEquals(List.of("1", "2"), ids(stream("?from=1", null)));
    assertEquals(List.of("0", "1", "2"), ids(stream("", "")), "an empty id is none");
    assertEquals(List.of(1L, 2L, 3L, 1L, 0L), api.council.feeds);
  }

  @Test
  void oneCaseCanBeFollowed() {
    assertEquals(List.of("2"), ids(stream("?case=c-2", null)));
    assertEquals(List.of("0", "1"), ids(stream("?case=c-1", null)));
    assertEquals(List.of("1"), ids(stream("?case=c-1", "0")));
  }

  @Test
  void badStartsAreRefused() {
    for (String id : List.of("-1", "x", "1.0", "9007199254740991", "99999999999999999999")) {
      stream("", id).expectProblem(400, "last_event_id_invalid");
    }
    stream("?from=-1", null).expectProblem(400, "parameter_invalid");
    stream("?case=NO!", null).expectProblem(400, "parameter_invalid");
    stream("?since=1", null).expectProblem(400, "unknown_parameter");
    assertTrue(api.council.feeds.isEmpty());
  }

  @Test
  void rawAlertsAreInNoFeedAndPersonalContentIsForAuditors() {
    Api.Reply forVoter = api.get("/v1/events", Role.VOTER).expect(200);
    Frame voters = frames(forVoter.text()).get(1);
    assertFalse(forVoter.text().contains("secret"));
    assertFalse(forVoter.text().contains("serviceaccount"));
    assertEquals(
        "[\"raw\",\"alert.principal\",\"alert.title\"]", voters.data().path("withheld").toString());
    assertEquals("Terminal shell in container", voters.data().at("/event/alert/rule").asText());
    Api.Reply forAuditor = stream("", null);
    assertFalse(forAuditor.text().contains("secret"));
    assertTrue(forAuditor.text().contains("serviceaccount"));
    assertEquals("[\"raw\"]", frames(forAuditor.text()).get(1).data().path("withheld").toString());
  }

  @Test
  void silenceIsBrokenByCommentsAndTheNumberOfStreamsIsLimited() throws Exception {
    api.council.endFeed = false;
    HttpRequest request = Api.as(api.request("/v1/events?from=3"), Role.AUDITOR).build();
    HttpResponse<InputStream> open =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = open.body()) {
      assertEquals("retry: 2000", line(in));
      assertEquals("", line(in));
      assertEquals(":", line(in));
      Api.Reply second = stream("", null).expectProblem(503, "too_many_streams");
      assertEquals("5", second.header("retry-after"));
    }
    // The place is free again once the server has seen the reader go.
    api.council.endFeed = true;
    int status = 503;
    for (int i = 0; i < 2000 && status == 503; i++) {
      status = stream("", null).status();
    }
    assertEquals(200, status);
  }

  @Test
  void aStreamEndsWithItsToken() {
    api.council.endFeed = false;
    String token = Api.token(FakeCouncil.NOW.plusSeconds(1), Set.of(), Role.AUDITOR);
    Api.Reply reply =
        Api.send(api.request("/v1/events").header("Authorization", "Bearer " + token));
    assertEquals(3, frames(reply.expect(200).text()).size());
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the stream ended");
      }
      line.append((char) b);
    }
    return new String(
        line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
