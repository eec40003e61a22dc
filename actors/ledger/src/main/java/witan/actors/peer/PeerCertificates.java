package witan.actors.peer;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.jspecify.annotations.Nullable;
import witan.actors.peer.PeerRefused.Code;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * Certificates of other nodes. Those that were believed last are remembered, so that a path is
 * looked through once. Thread-safe.
 */
final class PeerCertificates {
  /** More nodes than a cluster has. */
  static final int MOST_REMEMBERED = 64;

  private static final int MOST_IN_PATH = 4;
  private static final int KEY_BYTES = 32;

  /** Of a SubjectAlternativeName (RFC 5280, 4.2.1.6). */
  private static final int URI = 6;

  private static final String ROLE = "witan:role:";

  private final Set<TrustAnchor> anchors;
  private final Map<Hash, Peer> believed = new LinkedHashMap<>(16, 0.75f, true);

  PeerCertificates(List<X509Certificate> authorities) {
    this.anchors =
        authorities.stream().map(one -> new TrustAnchor(one, null)).collect(Collectors.toSet());
  }

  /** The roles that a certificate carries, each as a URI {@code witan:role:<role>}. */
  static Set<String> roles(X509Certificate certificate) {
    Set<String> roles = new TreeSet<>();
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        if (Integer.valueOf(URI).equals(name.get(0))
            && name.get(1) instanceof String uri
            && uri.startsWith(ROLE)) {
          roles.add(uri.substring(ROLE.length()));
        }
      }
    } catch (CertificateParsingException e) {
      throw new IllegalArgumentException("the certificate's names cannot be read", e);
    }
    return roles;
  }

  /**
   * Who that is, by a path that leads to one of the authorities.
   *
   * @throws PeerRefused if it does not, or not at that time
   */
  Peer of(byte[] path, Instant now) {
    Hash digest = Hashing.sha256(path);
    Peer known = remembered(digest);
    if (known != null) {
      inTime(known, now);
      return known;
    }
    try {
      CertPath read =
          CertificateFactory.getInstance("X.509")
              .generateCertPath(new ByteArrayInputStream(path), "PkiPath");
      Peer peer = peer(read.getCertificates().stream().map(X509Certificate.class::cast).toList());
      inTime(peer, now);
      validate(read, peer, now);
      return remember(digest, peer);
    } catch (CertificateException | IllegalArgumentException e) {
      throw new PeerRefused(Code.BAD_CERTIFICATE, String.valueOf(e.getMessage()));
    }
  }

  private static void inTime(Peer peer, Instant now) {
    if (now.isBefore(peer.from()) || now.isAfter(peer.to())) {
      throw new PeerRefused(
          Code.CERTIFICATE_EXPIRED,
          "the certificate of " + peer.name() + " is of " + peer.from() + " to " + peer.to());
    }
  }

  private synchronized @Nullable Peer remembered(Hash digest) {
    return believed.get(digest);
  }

  /** Or the one that was remembered meanwhile: its nonces count. */
  private synchronized Peer remember(Hash digest, Peer peer) {
    Peer first = believed.putIfAbsent(digest, peer);
    if (believed.size() > MOST_REMEMBERED) {
      var eldest = believed.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
    return first == null ? peer : first;
  }

  private void validate(CertPath path, Peer peer, Instant now) {
    try {
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
    } catch (CertPathValidatorException e) {
      throw new PeerRefused(
          Code.FOREIGN_AUTHORITY,
          "no authority of this cluster's nodes issued the certificate of "
              + peer.name()
              + ": "
              + e.getMessage());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate cannot be looked through", e);
    }
  }

  private static Peer peer(List<X509Certificate> chain) {
    if (chain.isEmpty() || chain.size() > MOST_IN_PATH) {
      throw new PeerRefused(Code.BAD_CERTIFICATE, chain.size() + " certificates");
    }
    X509Certificate own = chain.get(0);
    byte[] encoded = own.getPublicKey().getEncoded();
    if (!(own.getPublicKey() instanceof EdECPublicKey key)
        || !key.getParams().getName().equals("Ed25519")) {
      throw new PeerRefused(Code.BAD_CERTIFICATE, "the key is none of Ed25519");
    }
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    return new Peer(
        own.getSubjectX500Principal().getName(),
        new Ed25519PublicKeyParameters(raw),
        roles(own),
        latest(chain.stream().map(X509Certificate::getNotBefore).toList()),
        earliest(chain.stream().map(X509Certificate::getNotAfter).toList()),
        new Nonces());
  }

  private static Instant latest(List<Date> times) {
    return times.stream().map(Date::toInstant).reduce(Instant.MIN, (a, b) -> a.isAfter(b) ? a : b);
  }

  private static Instant earliest(List<Date> times) {
    return times.stream().map(Date::toInstant).reduce(Instant.MAX, (a, b) -> a.isBefore(b) ? a : b);
  }
}
