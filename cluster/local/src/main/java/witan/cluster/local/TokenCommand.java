package witan.cluster.local;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.cluster.StartException;
import witan.cluster.settings.DataOptions;
import witan.cluster.settings.LocalTokens;
import witan.http.auth.Principal;
import witan.http.auth.Role;

/** {@code witan token}. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a bearer token with the data folder's token key and prints it; until when it holds, and"
          + " for what, is said on standard error.",
      "A sensor needs one that lives long: --valid-hours 8760 is a year."
    })
public final class TokenCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.ofDays(366);

  @Mixin DataOptions options = new DataOptions();

  @Option(
      names = "--role",
      required = true,
      split = ",",
      description = "sensor, voter, operator or auditor; several with commas")
  Set<String> roles = Set.of();

  @Option(names = "--name", description = "who it is for (default: ${DEFAULT-VALUE})")
  String name = "me";

  @Option(names = "--cluster", description = "the cluster a sensor watches; sensors need one")
  @Nullable String cluster;

  @Option(
      names = "--also-cluster",
      split = ",",
      description = "more clusters that a sensor may speak for, with ?cluster=")
  Set<String> clusters = Set.of();

  @Option(
      names = "--format",
      split = ",",
      description = "the alert formats a sensor may send; default: all")
  Set<String> formats = Set.of();

  @Option(names = "--valid-hours", description = "default: ${DEFAULT-VALUE}; at most 8784")
  long validHours = 24;

  @Override
  public Integer call() throws Exception {
    Set<Role> parsed = new LinkedHashSet<>();
    for (String role : roles) {
      parsed.add(parse(role));
    }
    Duration lifetime = Duration.ofHours(validHours);
    if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
      throw new StartException("--valid-hours is 1 to 8784");
    }
    if (parsed.contains(Role.SENSOR) && cluster == null) {
      throw new StartException("a sensor watches a cluster: give --cluster NAME");
    }
    Principal principal =
        new Principal(name, parsed, cluster, clusters, formats, Instant.now().plus(lifetime));
    System.out.println(LocalTokens.issuer(options.folder()).issue(principal));
    System.err.println(described(principal));
    return 0;
  }

  /** What a person wants to know of a token that cannot be read. */
  static String described(Principal principal) {
    Set<String> roles = new TreeSet<>();
    principal.roles().forEach(role -> roles.add(role.wire()));
    return "%s %s%s, until %s"
        .formatted(
            String.join(" and ", roles),
            principal.name(),
            principal.cluster() == null ? "" : " of cluster " + principal.cluster(),
            principal.expiresAt().truncatedTo(ChronoUnit.SECONDS));
  }

  private static Role parse(String text) {
    for (Role role : Role.values()) {
      if (role.wire().equals(text)) {
        return role;
      }
    }
    throw new StartException(
        "no role '" + text + "'; there are sensor, voter, operator and auditor");
  }
}
