package witan.actors.peer;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;
import witan.actors.peer.PeerRefused.Code;

/**
 * Signs what this node sends and looks at who signed what it gets: actors do not see who is at the
 * other end of a connection. Between nodes without certificates nothing is signed, and everything
 * is taken. Thread-safe.
 */
public final class Peers {
  /**
   * Before every statement. Longer than the 64 bytes that come first in what a handshake of TLS 1.2
   * has signed: no such signature is one of these.
   */
  private static final String DOMAIN =
      "witan: a node of this cluster signs with the key of its certificate, for the purpose of ";

  private final @Nullable NodeIdentity own;
  private final @Nullable PeerCertificates certificates;
  private final String origin;
  private final Supplier<Instant> clock;

  /** Begins anywhere: those of an earlier life of the node count as well. */
  private final AtomicLong nonces = new AtomicLong(new SecureRandom().nextLong());

  private Peers(
      @Nullable NodeIdentity own,
      @Nullable PeerCertificates certificates,
      String origin,
      Supplier<Instant> clock) {
    this.own = own;
    this.certificates = certificates;
    this.origin = origin;
    this.clock = clock;
  }

  /** Between nodes without certificates. */
  public static Peers unsigned() {
    return new Peers(null, null, "", () -> Instant.EPOCH);
  }

  /**
   * Between nodes with certificates.
   *
   * @param origin of the log: what is signed in one cluster says nothing in another
   */
  public static Peers signing(NodeIdentity own, String origin, Supplier<Instant> clock) {
    return new Peers(own, new PeerCertificates(own.authorities()), origin, clock);
  }

  /** Whether this node has a certificate, and so believes nobody without one. */
  public boolean signs() {
    return own != null;
  }

  /**
   * Signs something that may be sent again.
   *
   * @param purpose of whoever checks it; no other purpose's signature is taken for it
   * @param subject what it is sent to
   * @return null between nodes without certificates
   */
  public @Nullable NodeSignature sign(String purpose, String subject, byte[]... content) {
    return own == null ? null : own.sign(statement(purpose, subject, content));
  }

  /**
   * Looks at a {@link #sign} of another node.
   *
   * @param senders roles, one of which the sender must have
   * @throws PeerRefused if the signature is missing, not of such a node, or of something else
   */
  public void check(
      @Nullable NodeSignature signature,
      Set<String> senders,
      String purpose,
      String subject,
      byte[]... content) {
    if (certificates != null) {
      known(signature, statement(purpose, subject, content)).require(senders, purpose);
    }
  }

  /** Signs something that is sent once; otherwise as {@link #sign}. */
  public @Nullable NodeProof prove(String purpose, String subject, byte[] content) {
    if (own == null) {
      return null;
    }
    long nonce = nonces.getAndIncrement();
    long atMillis = clock.get().toEpochMilli();
    byte[] statement = statement(purpose, subject, once(nonce, atMillis), content);
    return new NodeProof(nonce, atMillis, own.sign(statement));
  }

  /**
   * Looks at a {@link #prove} of another node, and takes it no second time.
   *
   * @param what for whom it is refused
   * @throws PeerRefused also where it is too old, or was here before
   */
  public void checkOnce(
      @Nullable NodeProof proof,
      Set<String> senders,
      String what,
      String purpose,
      String subject,
      byte[] content) {
    if (certificates == null) {
      return;
    }
    if (proof == null) {
      throw unsigned(what);
    }
    byte[] once = once(proof.nonce(), proof.atMillis());
    Peer peer = known(proof.by(), statement(purpose, subject, once, content));
    peer.require(senders, what);
    peer.nonces().take(proof.nonce(), proof.atMillis(), clock.get().toEpochMilli(), peer.name());
  }

  private static PeerRefused unsigned(String what) {
    return new PeerRefused(Code.UNSIGNED, "no node signed this " + what);
  }

  private Peer known(@Nullable NodeSignature signature, byte[] statement) {
    if (signature == null) {
      throw unsigned("message");
    }
    Peer peer = Objects.requireNonNull(certificates).of(signature.path(), clock.get());
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, peer.key());
    verifier.update(statement, 0, statement.length);
    if (!verifier.verifySignature(signature.signature())) {
      throw new PeerRefused(Code.BAD_SIGNATURE, "not what " + peer.name() + " signed");
    }
    return peer;
  }

  private static byte[] once(long nonce, long atMillis) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(nonce).putLong(atMillis).array();
  }

  private byte[] statement(String purpose, String subject, byte[]... content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write((DOMAIN + purpose + "\n").getBytes(StandardCharsets.UTF_8));
      writePart(out, origin.getBytes(StandardCharsets.UTF_8));
      writePart(out, subject.getBytes(StandardCharsets.UTF_8));
      for (byte[] part : content) {
        writePart(out, part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writePart(DataOutputStream out, byte[] part) throws IOException {
    out.writeInt(part.length);
    out.write(part);
  }
}
