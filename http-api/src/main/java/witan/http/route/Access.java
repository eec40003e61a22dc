package witan.http.route;

import java.util.EnumSet;
import java.util.Set;
import witan.http.auth.Role;

/** Who may call an endpoint. There is no default: an endpoint cannot be made without one. */
public sealed interface Access {
  /** Anybody, without a token; each use says why. */
  record Anybody(String reason) implements Access {}

  /** A token with at least one of these roles. */
  record Roles(Set<Role> roles) implements Access {
    public Roles {
      roles = Set.copyOf(roles);
      if (roles.isEmpty()) {
        throw new IllegalArgumentException("an endpoint that nobody may call");
      }
    }
  }

  static Access only(Role role) {
    return new Roles(EnumSet.of(role));
  }

  /** Those who decide and those who check; a sensor only reports. */
  static Access readers() {
    return new Roles(EnumSet.of(Role.VOTER, Role.OPERATOR, Role.AUDITOR));
  }

  static Access anyRole() {
    return new Roles(EnumSet.allOf(Role.class));
  }
}
