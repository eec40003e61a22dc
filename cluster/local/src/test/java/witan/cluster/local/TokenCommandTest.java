package witan.cluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import witan.http.auth.Principal;
import witan.http.auth.Role;

class TokenCommandTest {
  @Test
  void aTokenIsDescribedByRoleNameClusterAndEnd() {
    Instant end = Instant.parse("2026-12-02T09:00:00.123Z");

    assertEquals(
        "sensor falco-aws of cluster aws-eu, until 2026-12-02T09:00:00Z",
        TokenCommand.described(
            new Principal("falco-aws", Set.of(Role.SENSOR), "aws-eu", Set.of(), end)));
    assertEquals(
        "auditor and voter me, until 2026-12-02T09:00:00Z",
        TokenCommand.described(
            new Principal("me", Set.of(Role.VOTER, Role.AUDITOR), null, Set.of(), end)));
  }
}
