package witan.actors.log;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a node's first session. The driver would try for ever, whatever the reason; here a database
 * that is not there yet is waited for, and one that will never answer so is an error that names the
 * setting.
 */
final class FirstSession {
  private static final Logger LOG = LoggerFactory.getLogger(FirstSession.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int PROBE_MILLIS = 3_000;

  private final CassandraAccess access;
  private final Map<DefaultDriverOption, Object> options;

  FirstSession(CassandraAccess access, Map<DefaultDriverOption, Object> options) {
    this.access = access;
    this.options = new HashMap<>(options);
    this.options.put(DefaultDriverOption.RECONNECT_ON_INIT, false);
  }

  /**
   * Blocks until the database answers.
   *
   * @throws ConfigException when it refuses user, password, TLS or its absence
   */
  CqlSession open() {
    while (true) {
      String reason = "no contact point's name can be looked up";
      if (named()) {
        try {
          return access.builder(options).build();
        } catch (AllNodesFailedException failed) {
          refuse(failed);
          reason = String.valueOf(failed.getMessage());
        }
      }
      LOG.warn("waiting for the database {}: {}", access.contactPoints(), reason);
      pause();
    }
  }

  /** Where no name is known the driver would try its default, this machine. */
  private boolean named() {
    return access.contactPoints().stream()
        .anyMatch(p -> !new InetSocketAddress(p.getHostString(), p.getPort()).isUnresolved());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the database", e);
    }
  }

  private void refuse(AllNodesFailedException failed) {
    for (List<Throwable> errors : failed.getAllErrors().values()) {
      for (Throwable error : errors) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
          refuse(cause);
        }
      }
    }
    if (access.tls().isEmpty()) {
      access.contactPoints().stream()
          .filter(FirstSession::speaksTls)
          .findFirst()
          .ifPresent(
              point -> {
                throw wrong(
                    ".tls.enabled",
                    "off, but the database at "
                        + CassandraAccess.hostAndPort(point)
                        + " demands TLS",
                    failed);
              });
    }
  }

  private void refuse(Throwable cause) {
    if (cause instanceof AuthenticationException) {
      throw access.login().isEmpty()
          ? wrong(".user", "empty, but the database demands user and password", cause)
          : wrong(
              ".password-file", "the database refuses user and password: " + said(cause), cause);
    }
    if (cause instanceof SSLException) {
      throw wrong(".tls", "no TLS with the database: " + said(cause), cause);
    }
  }

  private static ConfigException wrong(String key, String what, Throwable cause) {
    return new ConfigException.BadValue(CassandraAccess.PATH + key, what, cause);
  }

  private static String said(Throwable cause) {
    return Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
  }

  /** Whatever comes of the handshake: who answers it with TLS speaks TLS. Sends nothing else. */
  private static boolean speaksTls(InetSocketAddress point) {
    SocketFactory sockets = SSLSocketFactory.getDefault();
    try (SSLSocket socket = (SSLSocket) sockets.createSocket()) {
      socket.connect(new InetSocketAddress(point.getHostString(), point.getPort()), PROBE_MILLIS);
      socket.setSoTimeout(PROBE_MILLIS);
      socket.startHandshake();
      return true;
    } catch (SSLHandshakeException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
