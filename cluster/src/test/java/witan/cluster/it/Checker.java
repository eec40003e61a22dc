package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import witan.codec.entry.Entry;
import witan.domain.common.Digest;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.SignedNote;
import witan.log.proof.Proofs;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * Reads the whole log as a stranger may, and recomputes what it claims. It remembers every
 * checkpoint and entry it saw: none may ever be taken back.
 */
final class Checker {
  private final Stack stack;
  private final Path bundles;
  private final List<Checkpoint> seen = new ArrayList<>();
  private final Set<String> proven = new HashSet<>();
  private NoteKey logKey;
  private List<Hash> roots = List.of();

  Checker(Stack stack, Path bundles) {
    this.stack = stack;
    this.bundles = bundles;
  }

  void check() throws Exception {
    checkLog();
    checkChain();
    checkBundles();
  }

  Path bundles() throws Exception {
    return Files.createDirectories(bundles);
  }

  /** The bundle of a case as the council hands it out, in a file. */
  Path export(String caseId) throws Exception {
    Path file = Files.createTempFile(bundles(), caseId + "-", ".witan");
    return Files.write(file, stack.api.bytes("/v1/cases/" + caseId + "/bundle"));
  }

  private Checkpoint checkpoint() throws Exception {
    if (logKey == null) {
      logKey = NoteKey.parse(stack.api.json("/v1/trust").get("logKey").textValue());
    }
    String note = new String(stack.api.bytes("/v1/log/checkpoint"), StandardCharsets.UTF_8);
    return SignedNote.open(note, List.of(logKey));
  }

  private void checkLog() throws Exception {
    Checkpoint checkpoint = checkpoint();
    seen.add(checkpoint);
    Frontier tree = Frontier.EMPTY;
    List<Hash> prefixes = new ArrayList<>();
    Map<String, Entry> last = new HashMap<>();
    Map<String, Digest> lastHash = new HashMap<>();
    for (long index = 0; index < checkpoint.size(); index++) {
      prefixes.add(tree.root());
      byte[] bytes = stack.api.bytes("/v1/log/entries/" + index);
      tree = tree.append(Hashing.leaf(bytes));
      Entry entry = Entry.parse(bytes);
      Entry before = last.put(entry.pid(), entry);
      assertEquals(
          before == null ? 1 : before.seq() + 1, entry.seq(), "seq in " + entry.pid() + ", once");
      assertEquals(
          lastHash.getOrDefault(entry.pid(), Digest.ZERO), entry.prev(), "prev of #" + index);
      lastHash.put(entry.pid(), Entry.leafHash(bytes));
    }
    prefixes.add(tree.root());
    roots = prefixes;
    for (Checkpoint earlier : seen) {
      assertTrue(earlier.size() <= checkpoint.size(), "the log was " + earlier.size() + " long");
      assertEquals(
          roots.get((int) earlier.size()), earlier.root(), "root of size " + earlier.size());
    }
  }

  /** On the present registry every size once, growing, with the root of the log's beginning. */
  private void checkChain() throws Exception {
    String contract = stack.registry().get("contract").textValue();
    long anchoredSize = stack.api.json("/v1/anchors").get("anchoredSize").longValue();
    Chain.Anchored before = null;
    Set<Long> sizes = new TreeSet<>();
    for (Chain.Anchored anchor : new Chain(stack.anvil().rpcUri()).anchored()) {
      if (!anchor.contract().equalsIgnoreCase(contract)) {
        continue;
      }
      if (anchor.size() >= roots.size()) {
        break; // Made since the log was read.
      }
      assertEquals(roots.get((int) anchor.size()), anchor.root(), "anchored " + anchor);
      if (before != null) {
        assertTrue(before.size() < anchor.size(), before + " then " + anchor);
        assertTrue(consistent(before, anchor), before + " is no beginning of " + anchor);
      }
      before = anchor;
      sizes.add(anchor.size());
    }
    assertTrue(
        anchoredSize == 0 || anchoredSize >= roots.size() || sizes.contains(anchoredSize),
        anchoredSize + " entries are claimed to be anchored, the chain has " + sizes);
  }

  private boolean consistent(Chain.Anchored from, Chain.Anchored to) throws Exception {
    List<Hash> proof = new ArrayList<>();
    for (JsonNode hash :
        stack
            .api
            .json("/v1/log/proof/consistency?from=" + from.size() + "&to=" + to.size())
            .get("hashes")) {
      proof.add(Hash.ofHex(hash.textValue()));
    }
    return Proofs.verifyConsistency(from.size(), to.size(), from.root(), to.root(), proof);
  }

  private void checkBundles() throws Exception {
    Set<String> closed = new LinkedHashSet<>();
    for (String caseId : stack.cases.alerts().keySet()) {
      if (!proven.contains(caseId) && stack.cases.details(caseId).get("sealed").booleanValue()) {
        closed.add(caseId);
      }
    }
    if (closed.isEmpty()) {
      return;
    }
    Path trust = Verifier.trust(stack, bundles().resolve("trust.json"));
    // A chain that was exchanged is nobody's to ask before an operator has adopted it.
    boolean followed = "FOLLOWING".equals(stack.api.json("/v1/anchors").path("state").textValue());
    List<Path> exported = new ArrayList<>();
    for (String caseId : closed) {
      exported.add(export(caseId));
    }
    String[] chain =
        followed ? new String[] {"--rpc", stack.anvil().rpcUri().toString()} : new String[0];
    Verifier.requireProven(exported, Verifier.UNANCHORED, trust, chain);
    proven.addAll(closed);
  }
}
