package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import witan.codec.json.Json;
import witan.domain.governance.Assurance;
import witan.domain.governance.Ballot;
import witan.domain.governance.Policy;
import witan.domain.registry.RegistryChange;
import witan.domain.stake.Shift;
import witan.secret.SecretFile;

/** Tokens of a running council: bonds by outcome, and an absence from duty, told by a webhook. */
class StakeIT {
  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final BigInteger BOND = BigInteger.valueOf(40_000);
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final Set<String> told = ConcurrentHashMap.newKeySet();
  private static HttpServer receiver;
  private static Stack stack;

  @BeforeAll
  static void start() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          JsonNode message =
              Json.parse(exchange.getRequestBody().readAllBytes(), witan.codec.json.Limits.DEFAULT);
          told.add(message.at("/data/caseId").asText());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    stack =
        new Stack(
            Path.of("target", "it-stake"),
            "witan.notify.webhooks.gil { url = \"http://127.0.0.1:"
                + receiver.getAddress().getPort()
                + "/gil\", secret-file = \"%s/gil.whsec\" }\n");
    SecretFile.createIfMissing(
        stack.folder().resolve("gil.whsec"), () -> SECRET.getBytes(StandardCharsets.UTF_8));
    stack.ready();
  }

  @AfterAll
  static void stop() {
    receiver.stop(0);
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void bonds_and_absences_are_settled_by_the_table_and_an_auditor_agrees() throws Exception {
    stack.cases.change(new RegistryChange.ChangeTokens(thousandfold()));
    stack.cases.change(new RegistryChange.AdoptPolicies(bonded(), null));
    Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    stack.cases.change(
        new RegistryChange.AssignDuty(
            List.of(new RegistryChange.Duty("gil", new Shift(from, from.plusSeconds(86_400))))));
    // The bond of the change itself, which was approved, is back.
    Await.until("the bonds of changes", () -> stakes().path("openBonds").asInt() == 0);
    awaitTokens("bo", "130000", "as founded");
    awaitTokens("ana", "200000", "as founded");

    String rejected = stack.cases.propose("bo", duty());
    awaitTokens("bo", "90000", "posted before the vote");
    against(rejected, "ana", "0".repeat(64));
    against(rejected, "chen", "0".repeat(64));
    against(rejected, "eli", "0".repeat(64));
    String abuse = stack.cases.propose("dara", duty());
    for (String member : List.of("ana", "chen", "eli", "fay", "gil")) {
      against(abuse, member, Ballot.ABUSE.hex());
    }
    String missed = stack.cases.open(Cases.Kind.URGENT);
    Await.until("the webhook", () -> told.contains(missed));
    stack.cases.awaitType(missed, "VotersNotified");
    // The node that settles may die at any time.
    stack.killNode();
    stack.ready();
    for (String caseId : List.of(rejected, abuse, missed)) {
      stack.cases.awaitSealed(caseId);
    }
    Await.until("settlement", () -> stakes().path("openBonds").asInt() == 0);
    awaitTokens("bo", "128000", "5 % of 40000");
    awaitTokens("dara", "90000", "all of 40000");
    Await.until("the absence", () -> logged("AbsencesSettled").size() == 1);
    assertEquals(missed, logged("AbsencesSettled").get(0).at("/event/caseId").asText());
    assertEquals("gil", logged("AbsencesSettled").get(0).at("/event/losses/0/member").asText());
    awaitTokens("gil", "99900", "0.1 %");
    assertEquals(3, logged("BondSettled").size());
    conserved();
    judged(rejected);

    Path trust = Verifier.trust(stack, stack.checker.bundles().resolve("trust.json"));
    for (String caseId : List.of(rejected, abuse, missed)) {
      Verifier.Verdict verdict = Verifier.check(stack, stack.checker.export(caseId), trust);
      verdict.requireProven(Verifier.UNANCHORED);
    }
    stack.checker.check();
  }

  /** By a member: those who voted against it were right. */
  private static void judged(String caseId) throws Exception {
    String path = "/v1/cases/" + caseId + "/verdict";
    Api.Reply judged = Statements.say(stack, path, "&verdict=FALSE_POSITIVE", "chen");
    assertTrue(judged.accepted(), judged.toString());
    Await.until("ana was right", () -> member("ana").path("points").asInt() == 1);
    assertEquals(0, member("dara").path("points").asInt());
    Api.Reply second = Statements.say(stack, path, "&verdict=TRUE_POSITIVE", "dara");
    assertEquals("verdict_exists", second.json().path("code").asText(), second.toString());
  }

  /** So much of everything that a thousandth of it is something. */
  private static List<RegistryChange.Balance> thousandfold() throws Exception {
    List<RegistryChange.Balance> balances = new ArrayList<>();
    for (JsonNode line : stack.api.json("/v1/members").get("items")) {
      BigInteger tokens = new BigInteger(line.get("tokens").asText());
      balances.add(
          new RegistryChange.Balance(
              line.get("member").asText(), tokens.multiply(BigInteger.valueOf(1_000))));
    }
    return balances;
  }

  /** The council's policies, all with little time; a bond for what members propose. */
  private static List<Policy> bonded() throws Exception {
    List<Policy> policies = new ArrayList<>();
    for (Policy like : stack.cases.policies()) {
      policies.add(
          aPolicy(like)
              .version(like.version() + 1)
              .window(WINDOW)
              .assurance(Assurance.IMMEDIATE)
              .bond(BOND)
              .build());
    }
    return policies;
  }

  private static RegistryChange duty() {
    Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3_600);
    return new RegistryChange.AssignDuty(
        List.of(new RegistryChange.Duty("fay", new Shift(from, from.plusSeconds(60)))));
  }

  private static void against(String caseId, String member, String reason) throws Exception {
    stack.cases.cast(stack.cases.prepare(caseId, member, "support=against&reasonHash=" + reason));
  }

  private static JsonNode stakes() throws Exception {
    return stack.api.json("/v1/stakes");
  }

  private static String tokens(String member) throws Exception {
    return member(member).get("tokens").asText();
  }

  private static JsonNode member(String member) throws Exception {
    for (JsonNode line : stack.api.json("/v1/members").get("items")) {
      if (line.get("member").asText().equals(member)) {
        return line;
      }
    }
    throw new AssertionError("no member " + member);
  }

  /** A node shows the registry as it was at most a second ago. */
  private static void awaitTokens(String member, String amount, String why) throws Exception {
    Await.until(member + " has " + amount + ": " + why, () -> tokens(member).equals(amount));
  }

  private static List<JsonNode> logged(String type) throws Exception {
    return stack.api.events().stream().filter(e -> e.path("type").asText().equals(type)).toList();
  }

  private static void conserved() throws Exception {
    JsonNode stakes = stakes();
    BigInteger all = new BigInteger(stakes.get("treasury").asText());
    for (JsonNode line : stack.api.json("/v1/members").get("items")) {
      all = all.add(new BigInteger(line.get("tokens").asText()));
      all = all.add(new BigInteger(line.get("bonded").asText()));
    }
    assertEquals(new BigInteger(stakes.get("supply").asText()), all);
  }
}
