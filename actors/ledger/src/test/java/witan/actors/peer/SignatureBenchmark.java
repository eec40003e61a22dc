package witan.actors.peer;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;
import witan.dev.DevAuthority;
import witan.secret.Pem;

/**
 * What a node's signature costs on each message, beside the bare Ed25519 of the same bytes in the
 * same run: processor time of the thread, median of blocks by turns. An append's statement is two
 * hashes; a command's is its bytes.
 */
public final class SignatureBenchmark {
  private static final int BLOCKS = 9;
  private static final int PER_BLOCK = 400;
  private static final int COMMAND_BYTES = 1_200;

  /** What was made, so that it is. */
  static volatile @Nullable Object sink;

  private SignatureBenchmark() {}

  private interface Work {
    void once(int round);
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("signature-benchmark");
    DevAuthority authority = DevAuthority.make(folder);
    DevAuthority.Issued issued = authority.issueNode("case", Set.of("case"));
    NodeIdentity own =
        NodeIdentity.of(
            Pem.certificates(issued.certificate()),
            Pem.privateKey(issued.key()),
            Pem.certificates(authority.certificate()));
    Peers peers = Peers.signing(own, "witan.example/bench", Instant::now);
    Set<String> senders = Set.of("case");
    byte[] hash = new byte[32];
    byte[] command = new byte[COMMAND_BYTES];
    new Random(1).nextBytes(command);
    NodeSignature append = Objects.requireNonNull(peers.sign("append", "case|1", hash, hash));
    System.out.printf(
        "one message carries %d bytes more, of which the certificate has %d%n",
        append.encoded().length, append.path().length);
    Ed25519PublicKeyParameters key = key(issued);
    byte[] bare = own.sign(hash).signature();
    NodeProof[] proofs = new NodeProof[(BLOCKS + 1) * PER_BLOCK];
    int[] next = {0};
    for (int i = 0; i < proofs.length; i++) {
      proofs[i] = Objects.requireNonNull(peers.prove("command", "case|1", command));
    }
    Work[] works = {
      i -> sink = own.sign(hash),
      i -> sink = verified(key, hash, bare),
      i -> sink = peers.sign("append", "case|1", hash, hash),
      i -> peers.check(append, senders, "append", "case|1", hash, hash),
      i -> sink = peers.prove("command", "case|1", command),
      i -> peers.checkOnce(proofs[next[0]++], senders, "Vote", "command", "case|1", command),
    };
    String[] names = {
      "bare sign", "bare verify", "append sign", "append check", "command sign", "command check"
    };
    long[][] nanos = new long[works.length][BLOCKS];
    for (int block = -1; block < BLOCKS; block++) {
      for (int w = 0; w < works.length; w++) {
        long took = block(works[w]);
        if (block >= 0) {
          nanos[w][block] = took;
        }
      }
    }
    for (int w = 0; w < works.length; w++) {
      Arrays.sort(nanos[w]);
      long[] base = nanos[w % 2];
      System.out.printf(
          "%-14s %6.1f us (%.1f to %.1f), %.2f of the bare one%n",
          names[w],
          nanos[w][BLOCKS / 2] / 1e3,
          nanos[w][0] / 1e3,
          nanos[w][BLOCKS - 1] / 1e3,
          (double) nanos[w][BLOCKS / 2] / base[BLOCKS / 2]);
    }
  }

  private static Ed25519PublicKeyParameters key(DevAuthority.Issued issued) throws IOException {
    byte[] encoded = Pem.certificates(issued.certificate()).get(0).getPublicKey().getEncoded();
    return new Ed25519PublicKeyParameters(encoded, encoded.length - 32);
  }

  private static boolean verified(Ed25519PublicKeyParameters key, byte[] text, byte[] signature) {
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, key);
    verifier.update(text, 0, text.length);
    return verifier.verifySignature(signature);
  }

  /** Nanoseconds of the thread for one. */
  private static long block(Work work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < PER_BLOCK; i++) {
      work.once(i);
    }
    return (threads.getCurrentThreadCpuTime() - begin) / PER_BLOCK;
  }
}
