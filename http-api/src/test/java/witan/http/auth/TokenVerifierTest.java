package witan.http.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import witan.http.error.Code;
import witan.http.error.Problem;

/** What holds although a token that was verified once is known again. */
class TokenVerifierTest {
  private static final String AUDIENCE = "witan.example/log";
  private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

  private final TokenKey key = new TokenKey(new byte[32]);
  private final TokenIssuer issuer = new TokenIssuer(key, AUDIENCE);
  private Instant now = START;
  private final TokenVerifier verifier = new TokenVerifier(key, AUDIENCE, () -> now);

  private static Principal principal(String name) {
    return new Principal(name, Set.of(Role.AUDITOR), null, Set.of(), START.plusSeconds(60));
  }

  private void refuses(Code code, String token) {
    Problem problem = assertThrows(Problem.class, () -> verifier.verify(token));
    assertTrue(String.valueOf(problem.getMessage()).startsWith(code.wire()), problem::toString);
  }

  @Test
  void aTokenIsItsOwnersHoweverOftenItIsSent() {
    for (int i = 0; i < 3_000; i++) {
      Principal one = principal("auditor-" + i % 1_500);
      assertEquals(one, verifier.verify(issuer.issue(one)));
    }
  }

  @Test
  void aKnownTokenEndsWithItsExpiry() {
    String token = issuer.issue(principal("ada"));
    verifier.verify(token);

    now = START.plusSeconds(59);
    assertEquals("ada", verifier.verify(token).name());
    now = START.plusSeconds(60);
    refuses(Code.TOKEN_EXPIRED, token);
    refuses(Code.TOKEN_EXPIRED, token);
  }

  @Test
  void aKnownTokenWithAnotherSignatureIsNotKnown() {
    String token = issuer.issue(principal("ada"));
    verifier.verify(token);

    refuses(Code.TOKEN_INVALID, token.substring(0, token.length() - 5) + "AAAAA");
    refuses(Code.TOKEN_INVALID, token.substring(0, token.lastIndexOf('.') + 1));
  }
}
