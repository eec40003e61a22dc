package witan.http.auth;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Identity;

/**
 * Who asks, as the token says.
 *
 * @param name claim {@code sub}
 * @param cluster the cluster or account a sensor watches, unless it names another of its own; null
 *     unless a sensor
 * @param clusters more clusters that a sensor may speak for; claim {@code clusters}
 * @param formats the alert formats a sensor may send; empty means every format
 * @param expiresAt nothing is served to this token from then on, event streams included
 */
public record Principal(
    String name,
    Set<Role> roles,
    @Nullable String cluster,
    Set<String> clusters,
    Set<String> formats,
    Instant expiresAt) {
  /** Issuer of the tokens that the deployment makes with a key of its own. */
  private static final String LOCAL = "local";

  public Principal {
    clusters = Set.copyOf(clusters);
    roles = Set.copyOf(roles);
    formats = Set.copyOf(formats);
  }

  /** Of one cluster at most. */
  public Principal(
      String name,
      Set<Role> roles,
      @Nullable String cluster,
      Set<String> formats,
      Instant expiresAt) {
    this(name, roles, cluster, Set.of(), formats, expiresAt);
  }

  /** Whom the log is to know by a pseudonym. */
  public Identity identity() {
    return new Identity(LOCAL, name, name);
  }

  public boolean is(Role role) {
    return roles.contains(role);
  }
}
