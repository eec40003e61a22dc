package witan.http.auth;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as the token says.
 *
 * @param name claim {@code sub}
 * @param cluster the cluster or account a sensor watches; null unless a sensor
 * @param formats the alert formats a sensor may send; empty means every format
 * @param expiresAt nothing is served to this token from then on, event streams included
 */
public record Principal(
    String name,
    Set<Role> roles,
    @Nullable String cluster,
    Set<String> formats,
    Instant expiresAt) {
  public Principal {
    roles = Set.copyOf(roles);
    formats = Set.copyOf(formats);
  }

  public boolean is(Role role) {
    return roles.contains(role);
  }
}
