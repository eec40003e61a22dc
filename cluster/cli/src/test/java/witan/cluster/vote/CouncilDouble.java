package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.cluster.testing.Story;
import witan.cluster.testing.StoryServer;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.SignedBallot;
import witan.domain.registry.SignedStatement;
import witan.domain.registry.SignedVeto;
import witan.signing.TypedData;

/** One open proposal with two options behind HTTP on loopback; takes ballots, checks signatures. */
final class CouncilDouble implements AutoCloseable {
  static final String CASE = "c-1";

  final Story story;
  final ObjectNode charter;
  final ObjectNode proposal;
  final AtomicReference<@Nullable SignedBallot> cast = new AtomicReference<>();
  final AtomicReference<@Nullable SignedStatement> said = new AtomicReference<>();
  final AtomicReference<@Nullable SignedVeto> vetoed = new AtomicReference<>();

  /** A problem code to answer votes with. */
  volatile @Nullable String refuses;

  private final HttpServer server;

  CouncilDouble() throws IOException {
    story = Story.pod(CASE, Instant.now().truncatedTo(ChronoUnit.MILLIS), Story.policy(true));
    proposal = story.proposal();
    charter = JsonNodeFactory.instance.objectNode().put("name", "a council");
    charter.set("domain", proposal.get("domain"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    int status = 200;
    if (path.endsWith("/votes")) {
      status = vote(exchange.getRequestBody().readAllBytes(), body);
    } else if (path.endsWith("/veto/typed-data")) {
      body.putObject("veto").put("nonce", 12);
    } else if (path.endsWith("/veto")) {
      status = veto(exchange.getRequestBody().readAllBytes(), body);
    } else if (path.endsWith("/typed-data")) {
      body.putObject("statement").put("nonce", 13);
    } else if (path.matches(".*/(confirm|abort|verdict|containment/on)")) {
      status = statement(exchange.getRequestBody().readAllBytes(), body);
    } else if (path.equals("/v1/cases/" + CASE)) {
      body = (ObjectNode) story.caseAnswer();
      ObjectNode waiting = body.putObject("execution").putArray("waitingFor").addObject();
      waiting.put("step", "p1/m#2").putObject("parameters").put("text", "Ask the owner.");
    } else if (path.equals("/v1/containment")) {
      body.putObject("lastSwitch").put("on", false).put("reason", "a sensor lies");
    } else if (path.equals("/v1/council")) {
      body = (ObjectNode) StoryServer.of(story, path).orElseThrow();
      body.set("charter", charter);
    } else if (path.equals("/v1/proposals")) {
      ObjectNode item = body.withArray("items").addObject();
      item.put("caseId", CASE).put("severity", "CRITICAL").put("title", "a shell in a pod");
      item.set("deadline", proposal.get("deadline"));
    } else if (path.equals("/v1/proposals/" + CASE)) {
      body = proposal;
    } else {
      body = (ObjectNode) StoryServer.of(story, path).orElseThrow();
    }
    byte[] bytes = Json.canonical(body);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private boolean refused(ObjectNode answer) {
    String code = refuses;
    if (code != null) {
      answer.put("code", code).put("detail", "the vote is over").put("hint", "read the decision");
    }
    return code != null;
  }

  private int veto(byte[] request, ObjectNode answer) {
    if (refused(answer)) {
      return 409;
    }
    SignedVeto signed = Json.read(SignedVeto.class, Json.parse(request, Limits.DEFAULT));
    byte[] digest =
        TypedData.digest(Json.read(Eip712Domain.class, proposal.get("domain")), signed.veto());
    byte[] signer = Signatures.recover(digest, Hex.bytes(signed.signature(), 65));
    if (!Hex.of(signer).equals(signed.veto().guardian().hex())) {
      throw new UncheckedIOException(new IOException("not signed by the guardian"));
    }
    vetoed.set(signed);
    answer.put("index", 43).put("checkpoint", "witan.test/log\n44\nroot\n");
    return 201;
  }

  private int statement(byte[] request, ObjectNode answer) {
    if (refused(answer)) {
      return 409;
    }
    SignedStatement signed = Json.read(SignedStatement.class, Json.parse(request, Limits.DEFAULT));
    byte[] digest =
        TypedData.digest(Json.read(Eip712Domain.class, proposal.get("domain")), signed.statement());
    byte[] signer = Signatures.recover(digest, Hex.bytes(signed.signature(), 65));
    if (!Hex.of(signer).equals(signed.statement().member().hex())) {
      throw new UncheckedIOException(new IOException("not signed by the member"));
    }
    said.set(signed);
    answer.put("index", 45).put("checkpoint", "witan.test/log\n46\nroot\n");
    return 201;
  }

  private int vote(byte[] request, ObjectNode answer) {
    if (refused(answer)) {
      return 409;
    }
    JsonNode json = Json.parse(request, Limits.DEFAULT);
    SignedBallot signed = Json.read(SignedBallot.class, json);
    byte[] digest =
        TypedData.digest(Json.read(Eip712Domain.class, proposal.get("domain")), signed.ballot());
    byte[] signer = Signatures.recover(digest, Hex.bytes(signed.signature(), 65));
    if (!Hex.of(signer).equals(signed.ballot().voter().hex())) {
      throw new UncheckedIOException(new IOException("not signed by the voter"));
    }
    cast.set(signed);
    answer.put("index", 41).put("checkpoint", "witan.test/log\n42\nroot\n");
    return 201;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
