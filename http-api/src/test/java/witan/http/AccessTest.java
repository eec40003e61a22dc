package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import witan.http.auth.Principal;
import witan.http.auth.Role;
import witan.http.auth.TokenIssuer;
import witan.http.auth.TokenKey;
import witan.http.route.Access;
import witan.http.route.Endpoint;

/** Deny by default: every route of the list is walked. */
class AccessTest {
  private static Api api;
  private static List<Endpoint> endpoints;

  @BeforeAll
  static void start() {
    api = new Api();
    endpoints = HttpApi.endpoints(api.council.services(), api.settings, () -> FakeCouncil.NOW);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void onlyTheDocumentedRoutesAreOpenToAnybody() {
    Set<String> open =
        endpoints.stream()
            .filter(e -> e.access() instanceof Access.Anybody)
            .map(Endpoint::path)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        new TreeSet<>(
            List.of(
                "/checkpoint",
                "/tile/{tile*}",
                "/v1/log/checkpoint",
                "/v1/log/tile/{tile*}",
                "/v1/health/live",
                "/v1/health/ready",
                "/v1/openapi.yaml")),
        open);
  }

  @Test
  void noTokenIs401AndTheWrongRoleIs403OnEveryOtherRoute() {
    int walked = 0;
    for (Endpoint endpoint : endpoints) {
      if (!(endpoint.access() instanceof Access.Roles needed)) {
        continue;
      }
      Api.Reply anonymous = call(endpoint, null);
      anonymous.expectProblem(401, "unauthenticated");
      assertEquals("Bearer", anonymous.header("www-authenticate"));
      for (Role role : Role.values()) {
        if (!needed.roles().contains(role)) {
          call(endpoint, Api.token(role)).expectProblem(403, "forbidden");
          walked++;
        }
      }
      call(endpoint, "garbage").expectProblem(401, "token_invalid");
    }
    assertTrue(walked > 15, "only " + walked + " wrong roles were tried");
    assertTrue(api.council.alerts.isEmpty() && api.council.votes.isEmpty());
    assertTrue(api.council.foundings.isEmpty() && api.council.feeds.isEmpty());
  }

  @Test
  void everyRouteAnswersItsOwnRoles() {
    for (Endpoint endpoint : endpoints) {
      if (endpoint.access() instanceof Access.Roles needed
          && !endpoint.path().equals("/v1/events")) {
        for (Role role : needed.roles()) {
          int status = call(endpoint, Api.token(role)).status();
          assertFalse(
              status == 401 || status == 403 || status == 500, endpoint.path() + " " + status);
        }
      }
    }
  }

  @Test
  void badTokensAreRefused() throws Exception {
    Instant later = FakeCouncil.NOW.plusSeconds(60);
    Principal ana = new Principal("ana", Set.of(Role.AUDITOR), null, Set.of(), later);
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("another key", new TokenIssuer(new TokenKey(new byte[33]), "x").issue(ana));
    bad.put("another audience", new TokenIssuer(Api.KEY, "other.example").issue(ana));
    bad.put("alg none", new PlainJWT(claims(later).build()).serialize());
    bad.put("HS512", sign(JWSAlgorithm.HS512, new byte[64], claims(later).build()));
    bad.put("no expiry", sign(claims(later).expirationTime(null).build()));
    bad.put("not yet valid", sign(claims(later).notBeforeTime(Date.from(later)).build()));
    bad.put("no subject", sign(claims(later).subject(null).build()));
    bad.put("a subject with a space", sign(claims(later).subject("a b").build()));
    bad.put("no roles", sign(claims(later).claim("roles", null).build()));
    bad.put("an unknown role", sign(claims(later).claim("roles", List.of("root")).build()));
    bad.put("roles that are no list", sign(claims(later).claim("roles", "auditor").build()));
    bad.put(
        "a sensor without cluster", sign(claims(later).claim("roles", List.of("sensor")).build()));
    bad.put("far too long", "a.b." + "c".repeat(8000));
    String good = sign(claims(later).build());
    assertEquals(200, call("/v1/anchors", good).status());
    bad.put("a flipped signature", good.substring(0, good.length() - 5) + "AAAAA");
    bad.forEach(
        (why, token) -> {
          Api.Reply reply = call("/v1/anchors", token);
          assertEquals(401, reply.status(), why);
          reply.expectProblem(401, "token_invalid");
        });
  }

  @Test
  void aTokenEndsWithItsExpiry() {
    Set<String> all = Set.of();
    call("/v1/anchors", Api.token(FakeCouncil.NOW, all, Role.AUDITOR))
        .expectProblem(401, "token_expired");
    assertEquals(
        200,
        call("/v1/anchors", Api.token(FakeCouncil.NOW.plusSeconds(1), all, Role.AUDITOR)).status());
  }

  @Test
  void aTokenIsOnlyTakenFromTheHeader() {
    api.get("/v1/anchors?access_token=" + Api.token(Role.AUDITOR))
        .expectProblem(401, "unauthenticated");
    Api.send(api.request("/v1/anchors").header("Authorization", "Basic YTpi"))
        .expectProblem(401, "unauthenticated");
  }

  private static JWTClaimsSet.Builder claims(Instant expiry) {
    return new JWTClaimsSet.Builder()
        .subject("ana")
        .audience(FakeCouncil.ORIGIN)
        .expirationTime(Date.from(expiry))
        .claim("roles", List.of("auditor"));
  }

  private static String sign(JWTClaimsSet claims) throws Exception {
    return sign(JWSAlgorithm.HS256, new byte[32], claims);
  }

  private static String sign(JWSAlgorithm algorithm, byte[] key, JWTClaimsSet claims)
      throws Exception {
    SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims);
    token.sign(new MACSigner(key));
    return token.serialize();
  }

  private static Api.Reply call(String path, String token) {
    return Api.send(api.request(path).header("Authorization", "Bearer " + token));
  }

  private static Api.Reply call(Endpoint endpoint, String token) {
    String path = endpoint.path().replaceAll("\\{[a-zA-Z]+\\*?}", "1");
    HttpRequest.Builder request = api.request(path).header("Content-Type", "application/json");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpRequest.BodyPublisher body =
        endpoint.method().equals("GET")
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString("{}");
    return Api.send(request.method(endpoint.method(), body));
  }

  @Test
  void aShortKeyIsNoKey() {
    for (int length : List.of(0, 31)) {
      byte[] bytes = new byte[length];
      Arrays.fill(bytes, (byte) 7);
      org.junit.jupiter.api.Assertions.assertThrows(
          IllegalArgumentException.class, () -> new TokenKey(bytes));
    }
  }
}
