package witan.cluster.local;

import java.net.InetSocketAddress;
import witan.secret.PemTls;

/** Makes users of the development database: the node does, which has the database's driver. */
@FunctionalInterface
public interface DatabaseUsers {
  /** Does nothing where the user is. */
  void make(InetSocketAddress contactPoint, PemTls tls, String user, String password);
}
