package witan.cluster.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import witan.cluster.CouncilCommands;

/** What the commands ask, print and end with. */
class PlaybookCommandTest {
  private static final String BAD =
      "{\"valid\":false,\"problems\":[{\"pointer\":\"/workflow/action--1\",\"step\":\"action--1\","
          + "\"code\":\"action_unknown\",\"reason\":\"no such action\"}]}";
  private static final String GOOD =
      "{\"valid\":true,\"problems\":[],\"impact\":20,\"digest\":\"ab\"}";

  @TempDir Path folder;
  private HttpServer server;
  private Path file;
  private final Map<String, String> answers = new HashMap<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private int status = 200;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void start() throws IOException {
    file = Files.writeString(folder.resolve("book.json"), "{\"type\":\"playbook\"}");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(body.isEmpty() ? call : call + " " + body);
          byte[] answer = answers.getOrDefault(call, "{}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(call.startsWith("PUT") ? status : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int playbook(String... arguments) {
    List<String> all = new ArrayList<>(List.of("playbook"));
    all.addAll(List.of(arguments));
    if (!List.of(arguments).contains("--help")) {
      all.addAll(List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort()));
      all.addAll(List.of("--token", "t"));
    }
    CommandLine line = CouncilCommands.program().line();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(all.toArray(String[]::new));
  }

  @Test
  void listsAllPages() {
    answers.put(
        "GET /v1/playbooks?limit=200&after=",
        "{\"items\":[{\"name\":\"a\",\"version\":2,\"status\":\"uploaded\",\"impact\":20,"
            + "\"digest\":\"ab\",\"signedBy\":[{\"signee\":\"Acme\"}]}],\"after\":\"a\"}");
    answers.put(
        "GET /v1/playbooks?limit=200&after=a",
        "{\"items\":[{\"name\":\"b\",\"version\":0,\"status\":\"shipped\",\"impact\":5,"
            + "\"digest\":\"cd\",\"signedBy\":[]}],\"after\":null}");
    assertEquals(0, playbook("list"));
    assertTrue(
        out.toString().contains("Acme") && out.toString().contains("shipped"), out::toString);
  }

  @Test
  void whatIsNotValidIsShownWholeAndNotPublished() {
    answers.put("POST /v1/playbooks/validate", BAD);
    assertEquals(1, playbook("validate", file.toString()));
    assertTrue(out.toString().contains("/workflow/action--1  action_unknown"), out::toString);
    asked.clear();
    assertEquals(1, playbook("put", "isolate", file.toString()));
    assertEquals(List.of("POST /v1/playbooks/validate {\"type\":\"playbook\"}"), asked);
  }

  @Test
  void whatIsValidIsPublished() {
    answers.put("POST /v1/playbooks/validate", GOOD);
    answers.put(
        "PUT /v1/playbooks/isolate",
        "{\"playbook\":{\"version\":3,\"digest\":\"ab\"},\"receipt\":{\"index\":41}}");
    assertEquals(0, playbook("validate", file.toString()));
    assertEquals(0, playbook("put", "isolate", file.toString()));
    assertTrue(out.toString().contains("version 3"), out::toString);
    assertTrue(out.toString().contains("log entry 41"), out::toString);
  }

  @Test
  void theDocumentIsPrintedAsItIsPut() {
    answers.put("GET /v1/playbooks/isolate", "{\"name\":\"newest\"}");
    answers.put("GET /v1/playbooks/isolate?version=0", "{\"name\":\"shipped\"}");
    assertEquals(0, playbook("show", "isolate"));
    assertTrue(out.toString().contains("newest"), out::toString);
    assertEquals(0, playbook("show", "isolate", "0"));
    assertTrue(out.toString().contains("shipped"), out::toString);
  }

  @Test
  void aRefusalIsSaidWithItsCode() {
    answers.put("POST /v1/playbooks/validate", GOOD);
    answers.put(
        "PUT /v1/playbooks/isolate",
        "{\"code\":\"catalogue_full\",\"detail\":\"too many\",\"hint\":\"fewer\"}");
    status = 409;
    assertEquals(1, playbook("put", "isolate", file.toString()));
    assertTrue(err.toString().contains("catalogue_full"), err::toString);
  }

  @Test
  void differencesAndRetirementsAreAskedFor() {
    answers.put(
        "GET /v1/playbooks/isolate/diff?from=0&to=2",
        "{\"from\":{\"impact\":20},\"to\":{\"impact\":40},\"steps\":{\"added\":[\"action--2\"]},"
            + "\"changes\":[{\"op\":\"replace\",\"path\":\"/impact\",\"was\":20,\"value\":40}]}");
    assertEquals(0, playbook("diff", "isolate", "0", "2"));
    assertTrue(out.toString().contains("impact 20 -> 40"), out::toString);
    assertTrue(out.toString().contains("steps added action--2"), out::toString);
    assertEquals(0, playbook("retire", "isolate", "2", "--reason", "too harsh"));
    assertEquals(
        "POST /v1/playbooks/isolate/retirements {\"reason\":\"too harsh\",\"version\":2}",
        asked.get(1));
  }

  @Test
  void whatCannotBeTriedEndsWithTwo() {
    assertEquals(2, playbook("validate", folder.resolve("none.json").toString()));
    answers.put("POST /v1/playbooks/validate", GOOD);
    assertEquals(2, playbook("put", "../x", file.toString()));
    assertEquals(2, playbook("diff", "isolate", "x", "1"));
    server.stop(0);
    assertEquals(2, playbook("list", "--wait", "0"));
    assertTrue(asked.stream().allMatch(a -> a.startsWith("POST /v1/playbooks/validate")));
  }

  @Test
  void everyCommandHasHelp() {
    for (String command : List.of("list", "show", "put", "validate", "diff", "retire")) {
      assertEquals(0, playbook(command, "--help"), err::toString);
    }
    assertTrue(out.toString().contains("playbook put"), out::toString);
  }
}
