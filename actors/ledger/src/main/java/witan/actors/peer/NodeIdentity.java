package witan.actors.peer;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECPrivateKey;
import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Which node this is, and whose certificates it believes. The key is that of the node's TLS: what
 * it signs begins with more text than a TLS handshake lets the other side choose. Thread-safe.
 */
public final class NodeIdentity {
  private final Ed25519PrivateKeyParameters key;
  private final byte[] path;
  private final Set<String> roles;
  private final List<X509Certificate> authorities;

  private NodeIdentity(
      Ed25519PrivateKeyParameters key,
      byte[] path,
      Set<String> roles,
      List<X509Certificate> authorities) {
    this.key = key;
    this.path = path;
    this.roles = roles;
    this.authorities = List.copyOf(authorities);
  }

  /**
   * Of that key pair.
   *
   * @param chain the node's certificate first; the authority's own may follow and is left out
   * @param authorities that other nodes' certificates are believed by
   * @throws IllegalArgumentException if the key is none of Ed25519, or the chain cannot be sent
   */
  public static NodeIdentity of(
      List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authorities) {
    if (!(key instanceof EdECPrivateKey edwards)
        || !edwards.getParams().getName().equals("Ed25519")) {
      throw new IllegalArgumentException(
          "a node's key must be of Ed25519, since it signs what the node sends; this is of "
              + key.getAlgorithm());
    }
    try {
      byte[] path =
          CertificateFactory.getInstance("X.509")
              .generateCertPath(chain.stream().filter(one -> !isRoot(one)).toList())
              .getEncoded("PkiPath");
      if (path.length > NodeSignature.MOST_PATH_BYTES) {
        throw new IllegalArgumentException(
            "the certificates have more than " + NodeSignature.MOST_PATH_BYTES + " bytes");
      }
      return new NodeIdentity(
          new Ed25519PrivateKeyParameters(edwards.getBytes().orElseThrow()),
          path,
          PeerCertificates.roles(chain.get(0)),
          authorities);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the certificates cannot be sent: " + e.getMessage(), e);
    }
  }

  private static boolean isRoot(X509Certificate one) {
    return one.getSubjectX500Principal().equals(one.getIssuerX500Principal());
  }

  /** As its certificate has them. */
  public Set<String> roles() {
    return roles;
  }

  List<X509Certificate> authorities() {
    return authorities;
  }

  NodeSignature sign(byte[] statement) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(statement, 0, statement.length);
    return new NodeSignature(path, signer.generateSignature());
  }
}
