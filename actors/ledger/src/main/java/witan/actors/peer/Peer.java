package witan.actors.peer;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import witan.actors.peer.PeerRefused.Code;

/**
 * A node, as its certificate has it.
 *
 * @param name subject of the certificate
 * @param from since when its whole path is valid, and up to when
 */
record Peer(
    String name,
    Ed25519PublicKeyParameters key,
    Set<String> roles,
    Instant from,
    Instant to,
    Nonces nonces) {

  /** Refuses one that has none of those roles. */
  void require(Set<String> senders, String what) {
    if (roles.stream().noneMatch(senders::contains)) {
      throw new PeerRefused(
          Code.WRONG_ROLE,
          "%s has %s in its certificate, and %s comes from %s alone"
              .formatted(name, roles, what, new TreeSet<>(senders)));
    }
  }
}
