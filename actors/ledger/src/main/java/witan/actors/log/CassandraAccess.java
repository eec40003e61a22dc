package witan.actors.log;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import witan.secret.PemTls;
import witan.secret.SecretFile;
import witan.secret.SecretRefused;

/**
 * How every session with the database is opened, the log's and Akka's journal's alike: from {@code
 * witan.log.cassandra} and {@code datastax-java-driver} of the node's one configuration.
 *
 * @param contactPoints the nodes that are asked first; names are not looked up yet
 * @param datacenter the one that contact points are in
 * @param login empty: the database asks for none
 * @param tls empty: plain connections
 * @param driver what the driver is told besides
 */
public record CassandraAccess(
    List<InetSocketAddress> contactPoints,
    String datacenter,
    Optional<Login> login,
    Optional<Tls> tls,
    Config driver) {
  static final String PATH = "witan.log.cassandra";
  private static final int MOST_PASSWORD_BYTES = 4096;
  private static final int MOST_PORT = 65_535;

  public CassandraAccess {
    contactPoints = List.copyOf(contactPoints);
    if (contactPoints.isEmpty()) {
      throw new ConfigException.BadValue(PATH + ".contact-points", "none");
    }
  }

  /** Who asks; a log never shows the password. */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  /**
   * Whom it believes.
   *
   * @param verifyHost whether each node's certificate must be of the host that is connected to
   */
  public record Tls(PemTls pem, boolean verifyHost) {}

  /**
   * Reads the settings and the files that they name.
   *
   * @throws ConfigException with the path of what is missing or wrong
   */
  public static CassandraAccess from(Config root) {
    Config c = root.getConfig(PATH);
    return new CassandraAccess(
        c.getStringList("contact-points").stream().map(CassandraAccess::address).toList(),
        c.getString("datacenter"),
        login(c.getString("user"), c.getString("password-file")),
        tls(c.getConfig("tls")),
        root.getConfig("datastax-java-driver"));
  }

  private static InetSocketAddress address(String point) {
    int colon = point.lastIndexOf(':');
    if (colon < 1
        || !point.substring(colon + 1).matches("[0-9]{1,5}")
        || Integer.parseInt(point.substring(colon + 1)) > MOST_PORT) {
      throw new ConfigException.BadValue(PATH + ".contact-points", "not host:port: " + point);
    }
    return InetSocketAddress.createUnresolved(
        point.substring(0, colon), Integer.parseInt(point.substring(colon + 1)));
  }

  private static Optional<Login> login(String user, String file) {
    if (user.isEmpty() && file.isEmpty()) {
      return Optional.empty();
    }
    if (user.isEmpty()) {
      throw new ConfigException.BadValue(PATH + ".user", "empty, though a password-file is named");
    }
    String path = PATH + ".password-file";
    if (file.isEmpty()) {
      throw new ConfigException.BadValue(path, "empty, though a user is named");
    }
    try {
      String password = SecretFile.text(Path.of(file), MOST_PASSWORD_BYTES);
      if (password.isEmpty()) {
        throw new ConfigException.BadValue(path, file + " is empty");
      }
      return Optional.of(new Login(user, password));
    } catch (SecretRefused | IOException e) {
      throw new ConfigException.BadValue(path, message(e), e);
    }
  }

  private static Optional<Tls> tls(Config c) {
    String path = PATH + ".tls";
    List<String> files = new ArrayList<>();
    for (String key : List.of("trust-file", "certificate-file", "key-file")) {
      files.add(c.getString(key));
      if (!c.getBoolean("enabled") && !c.getString(key).isEmpty()) {
        throw new ConfigException.BadValue(
            path + ".enabled", "off, though " + path + "." + key + " names a file");
      }
    }
    if (!c.getBoolean("enabled")) {
      return Optional.empty();
    }
    if (files.get(1).isEmpty() != files.get(2).isEmpty()) {
      throw new ConfigException.BadValue(
          path + (files.get(1).isEmpty() ? ".certificate-file" : ".key-file"),
          "certificate-file and key-file go together");
    }
    try {
      Optional<PemTls.Identity> identity =
          files.get(1).isEmpty()
              ? Optional.empty()
              : Optional.of(new PemTls.Identity(Path.of(files.get(1)), Path.of(files.get(2))));
      Optional<Path> trust =
          files.get(0).isEmpty() ? Optional.empty() : Optional.of(Path.of(files.get(0)));
      return Optional.of(new Tls(PemTls.of(trust, identity), c.getBoolean("verify-hostname")));
    } catch (SecretRefused | IOException e) {
      throw new ConfigException.BadValue(path, message(e), e);
    }
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /**
   * A session is being opened.
   *
   * @param options of the driver, that win over the configured ones
   */
  public CompletionStage<CqlSession> open(Map<DefaultDriverOption, Object> options) {
    return builder(options).buildAsync();
  }

  /**
   * Makes a user with all rights, by the rights of the login; does nothing where it is. Blocks.
   *
   * @param name of letters alone
   * @param password without a quote
   */
  public void makeUser(String name, String password) {
    try (CqlSession session = builder(Map.of()).build()) {
      session.execute(
          "CREATE ROLE IF NOT EXISTS %s WITH PASSWORD = '%s' AND LOGIN = true"
              .formatted(name, password));
      session.execute("GRANT ALL ON ALL KEYSPACES TO " + name);
    }
  }

  /** The same, not yet opened. */
  CqlSessionBuilder builder(Map<DefaultDriverOption, Object> options) {
    Map<String, Object> own = new HashMap<>();
    options.forEach((option, value) -> own.put(option.getPath(), value));
    // In place of the configured ones, not beside them: the driver warns of a double one.
    own.put(
        DefaultDriverOption.CONTACT_POINTS.getPath(),
        contactPoints.stream().map(CassandraAccess::hostAndPort).toList());
    CqlSessionBuilder builder =
        CqlSession.builder()
            .withLocalDatacenter(datacenter)
            .withConfigLoader(
                akka.stream.alpakka.cassandra.DriverConfigLoaderFromConfig.fromConfig(
                    ConfigFactory.parseMap(own).withFallback(driver)));
    login.ifPresent(who -> builder.withAuthCredentials(who.user(), who.password()));
    tls.ifPresent(
        secured ->
            builder.withSslEngineFactory(new TlsEngines(secured.pem(), secured.verifyHost())));
    return builder;
  }

  static String hostAndPort(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
