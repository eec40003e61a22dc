package witan.cluster.demo;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.cluster.settings.DataFolder;
import witan.cluster.settings.LocalTokens;
import witan.http.auth.Principal;
import witan.http.auth.Role;
import witan.http.auth.TokenIssuer;

/** The tokens of the story's people; an hour each. */
final class DemoTokens {
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final TokenIssuer issuer;

  private DemoTokens(TokenIssuer issuer) {
    this.issuer = issuer;
  }

  static DemoTokens in(DataFolder folder) throws IOException {
    return new DemoTokens(LocalTokens.issuer(folder));
  }

  String sensor(String cluster) {
    return issue("falco-" + cluster, Role.SENSOR, cluster);
  }

  String voter(String member) {
    return issue(member, Role.VOTER, null);
  }

  String operator() {
    return issue("demo-operator", Role.OPERATOR, null);
  }

  String auditor() {
    return issue("demo-auditor", Role.AUDITOR, null);
  }

  private String issue(String name, Role role, @Nullable String cluster) {
    return issuer.issue(
        new Principal(
            name,
            Set.of(role),
            cluster,
            cluster == null ? Set.of() : Set.of("falco"),
            Instant.now().plus(LIFETIME)));
  }
}
