package witan.actors.effect;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import witan.domain.playbook.HttpPath;
import witan.secret.SecretFile;
import witan.secret.SecretRefused;

/**
 * Where steps of type {@code http-api} may go under one name. What is not named is not called.
 *
 * @param base {@code scheme://host} or {@code scheme://host:port}, without a path
 * @param pathPrefixes absolute; a request is for one of them, or for what is below it
 * @param methods that may be sent
 * @param credential what authenticates there; empty where nothing does
 * @param timeout of one whole request
 * @param maxBodyBytes of what is sent, and of what is read of an answer
 */
record HttpConnection(
    String base,
    List<String> pathPrefixes,
    Set<String> methods,
    Optional<Credential> credential,
    Duration timeout,
    long maxBodyBytes) {
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  static final long DEFAULT_MAX_BODY_BYTES = 64 << 10;

  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final Pattern BASE =
      Pattern.compile("https?://([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?");
  private static final Pattern LOOPBACK =
      Pattern.compile("http://(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]{1,5})?");
  private static final long LARGEST_BODY_BYTES = 16 << 20;

  /**
   * Read from its file at each request, so that it can be changed without a restart.
   *
   * @param header that it stands in
   * @param prefix what stands before it there, e.g. {@code "Bearer "}
   */
  record Credential(Path file, String header, String prefix) {
    private static final int MAX_BYTES = 8 << 10;
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern VALUE = Pattern.compile("[ -~]+");

    Credential {
      if (!HEADER.matcher(header).matches()) {
        throw new IllegalArgumentException(
            "credential-header: not the name of a header: " + header);
      }
    }

    /** The header's value; an {@link IOException} names the file and not what is in it. */
    String value() throws IOException {
      String secret = secret(file);
      String value = prefix + secret;
      if (secret.isEmpty() || !VALUE.matcher(value).matches()) {
        throw new IOException(file + " does not hold one line of printable ASCII");
      }
      return value;
    }

    private static String secret(Path file) throws IOException {
      try {
        return SecretFile.text(file, MAX_BYTES);
      } catch (SecretRefused e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }

  HttpConnection {
    pathPrefixes = List.copyOf(pathPrefixes);
    methods = Set.copyOf(methods);
    check("base", BASE.matcher(base).matches(), "scheme://host:port without a path: " + base);
    check("path-prefixes", !pathPrefixes.isEmpty(), "at least one; / allows every path");
    for (String prefix : pathPrefixes) {
      boolean plain =
          HttpPath.refuse(prefix).isEmpty()
              && HttpPath.normal(prefix).equals(prefix)
              && prefix.indexOf('?') < 0;
      check("path-prefixes", plain, "an absolute path in its normal form: " + prefix);
    }
    check("methods", !methods.isEmpty(), "at least one of " + METHODS);
    check("methods", METHODS.containsAll(methods), "of " + METHODS + ": " + methods);
    check("timeout", timeout.compareTo(Duration.ZERO) > 0, "more than nothing");
    check(
        "max-body",
        maxBodyBytes > 0 && maxBodyBytes <= LARGEST_BODY_BYTES,
        "up to " + LARGEST_BODY_BYTES + " bytes");
    check(
        "credential-file",
        credential.isEmpty() || base.startsWith("https:") || LOOPBACK.matcher(base).matches(),
        "a credential is sent over https only, or within the host");
  }

  private static void check(String key, boolean right, String wanted) {
    if (!right) {
      throw new IllegalArgumentException(key + ": " + wanted);
    }
  }

  static HttpConnection from(Config one) {
    String file = one.hasPath("credential-file") ? one.getString("credential-file") : "";
    return new HttpConnection(
        one.getString("base"),
        one.getStringList("path-prefixes"),
        Set.copyOf(one.getStringList("methods")),
        file.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Credential(
                    Path.of(file),
                    one.hasPath("credential-header")
                        ? one.getString("credential-header")
                        : "Authorization",
                    one.hasPath("credential-prefix")
                        ? one.getString("credential-prefix")
                        : "Bearer ")),
        one.hasPath("timeout") ? one.getDuration("timeout") : DEFAULT_TIMEOUT,
        one.hasPath("max-body") ? one.getBytes("max-body") : DEFAULT_MAX_BODY_BYTES);
  }

  /** Why a request is not one for it; begins with a code. */
  Optional<String> refuse(String name, String method, String path, long bodyBytes) {
    String where = " (witan.http-actions.connections." + name + ")";
    if (!methods.contains(method)) {
      return Optional.of("connection_method_not_allowed: " + method + where);
    }
    Optional<String> ambiguous = HttpPath.refuse(path);
    if (ambiguous.isPresent() || !HttpPath.normal(path).equals(path)) {
      return Optional.of(
          "connection_path_ambiguous: " + ambiguous.orElse("not in its normal form") + where);
    }
    if (pathPrefixes.stream().noneMatch(prefix -> HttpPath.within(path, prefix))) {
      return Optional.of("connection_path_not_allowed: " + path + where);
    }
    return bodyBytes > maxBodyBytes
        ? Optional.of("connection_body_too_large: " + bodyBytes + " bytes" + where)
        : Optional.empty();
  }
}
