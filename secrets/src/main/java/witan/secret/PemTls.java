package witan.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.3 and 1.2 made of PEM files, for whoever listens or connects. The files are read once, when
 * it is made; a changed file counts after a restart. Thread-safe.
 */
public final class PemTls {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final char[] NO_PASSWORD = {};

  private final SSLContext context;

  private PemTls(SSLContext context) {
    this.context = context;
  }

  /**
   * Who one is.
   *
   * @param certificate file of the certificate and of those between it and the authority, in this
   *     order
   * @param key {@link SecretFile} of its private key: PKCS#8, not encrypted; RSA, EC or Ed25519
   */
  public record Identity(Path certificate, Path key) {}

  /**
   * Reads the files.
   *
   * @param trust file of the authorities that the other side's certificate is believed by; empty:
   *     those of the JDK
   * @param identity what is shown to the other side; a server needs one, a client where the server
   *     demands it
   * @throws SecretRefused when a file is not taken, or certificate and key are not of one pair
   */
  public static PemTls of(Optional<Path> trust, Optional<Identity> identity) throws IOException {
    List<X509Certificate> authorities =
        trust.isPresent() ? Pem.certificates(trust.get()) : List.of();
    try {
      KeyManager @Nullable [] keys = identity.isPresent() ? keys(identity.get()) : null;
      TrustManager[] believed = trust(authorities);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, believed, null);
      return new PemTls(context);
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be made", e);
    }
  }

  private static KeyManager[] keys(Identity identity) throws IOException, GeneralSecurityException {
    List<X509Certificate> chain = Pem.certificates(identity.certificate());
    PrivateKey key = Pem.privateKey(identity.key());
    if (!Pem.pair(key, chain.get(0).getPublicKey())) {
      throw new SecretRefused(
          identity.key()
              + " is refused: it is not the key of the first certificate in "
              + identity.certificate());
    }
    KeyStore store = empty();
    store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trust(List<X509Certificate> authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = null;
    if (!authorities.isEmpty()) {
      store = empty();
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("authority-" + i, authorities.get(i));
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  /**
   * For one connection to a server.
   *
   * @param host as it was named or, where it was not, its address; never looked up
   * @param verifyHost whether the server's certificate must be of that host; without it, any
   *     certificate of a believed authority will do
   */
  public SSLEngine client(String host, int port, boolean verifyHost) {
    SSLEngine engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    if (verifyHost) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /**
   * For one connection that is listened for.
   *
   * @param mutual whether the client must show a certificate of a believed authority
   */
  public SSLEngine server(boolean mutual) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setNeedClientAuth(mutual);
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** For clients that make their sockets themselves. */
  public SSLContext context() {
    return context;
  }
}
