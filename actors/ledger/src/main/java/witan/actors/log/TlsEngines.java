package witan.actors.log;

import com.datastax.oss.driver.api.core.metadata.EndPoint;
import com.datastax.oss.driver.api.core.ssl.SslEngineFactory;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;
import witan.secret.PemTls;

/**
 * The driver's own factory asks the DNS backwards for the name that a certificate must have; who
 * answers there could choose it. Here a node is known as it was named, or by its address.
 */
record TlsEngines(PemTls tls, boolean verifyHost) implements SslEngineFactory {
  @Override
  public SSLEngine newSslEngine(EndPoint remote) {
    InetSocketAddress address = (InetSocketAddress) remote.resolve();
    return tls.client(address.getHostString(), address.getPort(), verifyHost);
  }

  @Override
  public void close() {}
}
