package witan.cluster.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import witan.actors.anchor.AnchorSettings;
import witan.actors.effect.HttpEffectSettings;
import witan.actors.execution.ContainmentSettings;
import witan.actors.execution.ExecutionSettings;
import witan.actors.execution.ExecutorKeySettings;
import witan.actors.execution.ExecutorTrust;
import witan.actors.execution.RadiusSettings;
import witan.actors.feed.FeedSettings;
import witan.actors.kubernetes.KubernetesSettings;
import witan.actors.node.NodeRoles;
import witan.actors.node.RuntimeSettings;
import witan.actors.notify.WebhookSettings;
import witan.actors.service.DriverSettings;
import witan.actors.service.IntakeRules;
import witan.actors.settlement.SettlementSettings;
import witan.actors.view.ViewSettings;
import witan.cluster.StartException;
import witan.http.HttpSettings;
import witan.secret.PemTls;

/**
 * Everything that a node is told, read once at start and checked; a bad value is named with its
 * path.
 *
 * @param all the whole configuration, for Akka
 * @param rules of the files that it names, else those that come with the product
 * @param httpTls empty: plain HTTP
 * @param insecure what crosses networks in the open because a setting allows it
 * @param maxRequests under way at once; more are answered 503
 * @param maxRequestBytes of all bodies under way
 * @param createKeys make missing keys
 * @param seeds host:port of the nodes to join
 * @param livenessLimit after which a node without progress is not alive
 */
record NodeSettings(
    Config all,
    RuntimeSettings runtime,
    ViewSettings view,
    DriverSettings driver,
    ExecutionSettings execution,
    ExecutorTrust trust,
    FeedSettings feed,
    ExecutorKeySettings executorKey,
    KubernetesSettings kubernetes,
    HttpEffectSettings httpEffects,
    RadiusSettings radius,
    ContainmentSettings containment,
    SettlementSettings settlement,
    WebhookSettings webhooks,
    AnchorSettings anchor,
    Path anchorKeyFile,
    Duration correlationTimeout,
    int correlationRounds,
    IntakeRules rules,
    Duration refusalsInterval,
    String httpHost,
    int httpPort,
    Optional<PemTls> httpTls,
    Insecure insecure,
    int maxRequests,
    long maxRequestBytes,
    Path tokenKeyFile,
    Path pseudonymKeyFile,
    boolean createKeys,
    List<String> seeds,
    Duration livenessLimit) {

  /** From application.conf, the environment, and the file that WITAN_CONFIG names. */
  static NodeSettings load() {
    return load(System.getenv("WITAN_CONFIG"));
  }

  /**
   * From application.conf, the environment, and that file.
   *
   * @param file null or empty: none
   * @throws StartException with the path of what is wrong
   */
  static NodeSettings load(@Nullable String file) {
    try {
      if (file == null || file.isEmpty()) {
        return of(ConfigFactory.load());
      }
      if (!Files.isReadable(Path.of(file))) {
        throw new StartException("the configuration file " + file + " cannot be read");
      }
      Config own = ConfigFactory.parseFile(Path.of(file).toFile());
      Config shipped =
          ConfigFactory.parseResources("application.conf")
              .withFallback(ConfigFactory.defaultReferenceUnresolved());
      Config all = own.withFallback(shipped).resolve();
      NodeSettings settings = of(all);
      refuseUnknown(new KnownKeys(shipped.resolve()).problems(own.resolveWith(all)));
      return settings;
    } catch (ConfigException | IllegalArgumentException e) {
      throw new StartException("the configuration is wrong: " + e.getMessage());
    }
  }

  private static void refuseUnknown(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n  ", problems));
    }
  }

  static NodeSettings of(Config given) {
    Config roled = withRoles(given);
    Config all = NodeTls.remoting(roled).withFallback(roled);
    Config witan = all.getConfig("witan");
    RuntimeSettings runtime = RuntimeSettings.from(all);
    Optional<PemTls> httpTls = topic("witan.http.tls", all, NodeSettings::httpTls);
    NodeSettings settings =
        new NodeSettings(
            all,
            runtime,
            topic("witan.view", all, ViewSettings::from),
            topic("witan.driver", all, DriverSettings::from),
            topic("witan.execution", all, ExecutionSettings::from),
            topic("witan.execution.trust", all, ExecutorTrust::from),
            topic("witan.execution.feed", all, FeedSettings::from),
            topic("witan.execution", all, ExecutorKeySettings::from),
            topic("witan.kubernetes", all, KubernetesSettings::from),
            topic("witan.http-actions", all, HttpEffectSettings::from),
            topic("witan.blast-radius", all, RadiusSettings::from),
            topic("witan.containment", all, ContainmentSettings::from),
            topic("witan.settlement", all, SettlementSettings::from),
            topic("witan.notify", all, WebhookSettings::from),
            topic("witan.anchor", all, AnchorSettings::from),
            Path.of(witan.getString("anchor.key-file")),
            witan.getDuration("correlation.ask-timeout"),
            witan.getInt("correlation.max-rounds"),
            topic("witan.correlation", all, IntakeRules::from),
            witan.getDuration("correlation.refusals-interval"),
            witan.getString("http.host"),
            witan.getInt("http.port"),
            httpTls,
            Insecure.from(all, httpTls.isPresent(), runtime.cassandra().access()),
            witan.getInt("http.max-requests"),
            witan.getBytes("http.max-request-bytes"),
            Path.of(witan.getString("http.token-key-file")),
            Path.of(witan.getString("http.pseudonym-key-file")),
            witan.getBoolean("node.create-keys"),
            words(witan.getString("node.seeds")),
            witan.getDuration("node.liveness-limit"));
    topic("witan.http", all, read -> settings.http(""));
    return settings;
  }

  /** The library names a bad key without the topic that it is in. */
  private static <T> T topic(String path, Config all, Function<Config, T> read) {
    try {
      return read.apply(all);
    } catch (ConfigException | IllegalArgumentException e) {
      throw new IllegalArgumentException("in " + path + ": " + e.getMessage(), e);
    }
  }

  /** An environment variable cannot hold a list, and Akka wants lists. */
  private static Config withRoles(Config given) {
    Config node = given.getConfig("witan.node");
    List<String> roles = words(node.getString("roles"));
    if (roles.isEmpty() || !NodeRoles.ALL.containsAll(roles)) {
      throw new IllegalArgumentException(
          "witan.node.roles must be some of " + new TreeSet<>(NodeRoles.ALL) + ", is " + roles);
    }
    return ConfigFactory.parseMap(Map.of("akka.cluster.roles", roles)).withFallback(given);
  }

  private static Optional<PemTls> httpTls(Config all) {
    Config tls = all.getConfig("witan.http.tls");
    String certificate = tls.getString("certificate-file");
    String key = tls.getString("key-file");
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new IllegalArgumentException("certificate-file and key-file go together");
    }
    if (certificate.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          PemTls.of(
              Optional.empty(),
              Optional.of(new PemTls.Identity(Path.of(certificate), Path.of(key)))));
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static List<String> words(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  boolean has(String role) {
    return all.getStringList("akka.cluster.roles").contains(role);
  }

  HttpSettings http(String logKey) {
    Config http = all.getConfig("witan.http");
    HttpSettings defaults = HttpSettings.defaults(runtime.currentOrigin(), logKey);
    return new HttpSettings(
        http.getBytes("max-body"),
        Math.toIntExact(http.getBytes("max-alert")),
        http.getInt("max-batch"),
        defaults.batchParallelism(),
        http.getInt("sensor-rate"),
        http.getInt("sensor-burst"),
        defaults.bodyTimeout(),
        http.getDuration("request-timeout"),
        defaults.idleTimeout(),
        http.getInt("max-connections"),
        defaults.maxStreams(),
        defaults.streamBuffer(),
        defaults.heartbeat(),
        defaults.gracePeriod(),
        defaults.origin(),
        defaults.logKey());
  }
}
