package witan.domain.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/../admin",
        "/api/./x",
        "/api/..",
        "/api/%2e%2e/admin",
        "/api/%2E./admin",
        "/api/.%2e",
        "/api/%2fadmin",
        "/api%2Fadmin",
        "/api/%5c..%5cadmin",
        "/api\\..\\admin",
        "//evil.example/x",
        "/api//x",
        "/api/..;/admin",
        "/api/..%3b/admin",
        "/api/%252e%252e/admin",
        "/api/%c0%ae%c0%ae/admin",
        "/api/%c0%af",
        "/api/%ff",
        "/api/%00",
        "/api/%0d%0aX:y",
        "/api/%3fx=y",
        "/api/%23x",
        "/api#x",
        "/api/%zz",
        "/api/%2",
        "/api/é",
        "api",
        "@evil.example/",
        "",
        "?x=/",
        "/x?%zz",
        "/x?a b"
      })
  void whatTwoReadersCouldTakeForDifferentPathsIsRefused(String target) {
    assertTrue(HttpPath.refuse(target).isPresent(), target);
  }

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/api/v1/, /api/v1/",
    "/api/a.b/...x, /api/a.b/...x",
    "/api/%74ickets/%c3%a9, /api/tickets/%C3%A9",
    "/api/a%3Ab%20c, /api/a%3Ab%20c",
    "/api/x?to=../%2e%2e%2f//;%0a, /api/x?to=../%2e%2e%2f//;%0a"
  })
  void whatIsEquivalentHasOneForm(String target, String normal) {
    assertEquals(Optional.empty(), HttpPath.refuse(target));
    assertEquals(normal, HttpPath.normal(target));
    assertEquals(normal, HttpPath.normal(normal));
  }

  @Test
  void aPrefixEndsWhereASegmentEnds() {
    for (String inside : List.of("/api/t", "/api/t/", "/api/t/1", "/api/t?x=1", "/api/t/1?y=/")) {
      assertTrue(HttpPath.within(inside, "/api/t"), inside);
    }
    for (String outside : List.of("/api/tickets", "/api", "/", "/x?/api/t/", "/API/t")) {
      assertFalse(HttpPath.within(outside, "/api/t"), outside);
    }
    assertTrue(HttpPath.within("/anything", "/"));
    assertFalse(HttpPath.within("/api/t", "/api/t/"), "what is below it alone");
  }

  /** Nothing that is let through leads out of a prefix, however often it is decoded. */
  @Test
  void noAcceptedPathLeavesItsPrefixWhenItIsReadAgain() {
    Random random = new Random(13);
    List<String> parts = List.of("/", ".", "..", "%2e", "%2F", "%5C", "\\", ";", "a", "%25", "%C3");
    int accepted = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder("/api/");
      for (int j = random.nextInt(6); j >= 0; j--) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      String target = text.toString();
      if (HttpPath.refuse(target).isPresent()) {
        continue;
      }
      accepted++;
      java.net.URI uri = java.net.URI.create("http://h" + HttpPath.normal(target));
      assertTrue(uri.normalize().getPath().startsWith("/api/"), target);
      assertEquals(uri.getRawPath(), uri.normalize().getRawPath(), target);
    }
    assertTrue(accepted > 100, "some are accepted: " + accepted);
  }
}
