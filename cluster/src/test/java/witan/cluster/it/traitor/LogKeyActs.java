package witan.cluster.it.traitor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import witan.actors.log.LeafRow;
import witan.codec.bundle.Anchor;
import witan.codec.bundle.Bundle;
import witan.codec.bundle.BundleEntry;
import witan.codec.event.Encoded;
import witan.codec.event.EventCodec;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.governance.SignedBallot;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Voting;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteSigner;
import witan.log.checkpoint.SignedNote;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** What one with the log's key can sign: another log, another bundle. */
final class LogKeyActs {
  private static final int TILE = 256;

  private final Reach reach;
  private final EventCodec codec = new EventCodec();

  LogKeyActs(Reach reach) {
    this.reach = reach;
  }

  private static NoteSigner signer(Words words) throws IOException {
    return NoteSigner.ofPkcs8(words.text("origin"), Files.readAllBytes(words.path("key")));
  }

  private static ObjectNode write(Words words, Bundle bundle) throws IOException {
    String seal = signer(words).seal(Hashing.sha256(bundle.content()));
    Files.write(words.path("out"), bundle.withSeal(seal).bytes());
    return Words.done();
  }

  /** Leaves out of a bundle what the registry has from the first entry of that type on. */
  ObjectNode trimRegistry(Words words) throws IOException {
    Bundle b = Bundle.parse(Files.readAllBytes(words.path("bundle")));
    int end = 0;
    while (end < b.registry().size()
        && !b.registry().get(end).entry().contains("\"" + words.text("from") + "\"")) {
      end++;
    }
    if (end == b.registry().size()) {
      throw new IllegalStateException("the bundle's registry has no " + words.text("from"));
    }
    return write(
        words, with(b, b.checkpoint(), b.registry().subList(0, end), b.caseEntries(), b.anchor()));
  }

  /**
   * A log that goes on differently after the bundle's checkpoint: the open case gets ballots that
   * the real one never got, and ends by them. The anchor in the bundle stays the honest one.
   */
  ObjectNode fork(Words words) throws IOException {
    Bundle b = Bundle.parse(Files.readAllBytes(words.path("bundle")));
    long size = Checkpoint.parse(SignedNote.parse(b.checkpoint()).text()).size();
    List<Hash> leaves = leaves(size);
    List<BundleEntry> made = forked(words, b, leaves);
    Tree tree = new Tree(leaves);
    Anchor anchor = Objects.requireNonNull(b.anchor());
    if (anchor.size() > size) {
      throw new IllegalStateException("the anchor is beyond the bundle's checkpoint");
    }
    List<BundleEntry> entries = new ArrayList<>(proved(b.caseEntries(), tree::inclusion));
    entries.addAll(proved(made, tree::inclusion));
    Bundle forked =
        with(
            b,
            signer(words).sign(new Checkpoint(words.text("origin"), leaves.size(), tree.root())),
            proved(b.registry(), tree::inclusion),
            entries,
            new Anchor(
                anchor.size(),
                anchor.root(),
                anchor.chainId(),
                anchor.genesisHash(),
                anchor.contract(),
                anchor.txHash(),
                anchor.blockNumber(),
                anchor.blockHash(),
                tree.consistency(anchor.size())));
    return write(
        words,
        new Bundle(
            forked.caseId(),
            forked.checkpoint(),
            forked.registry(),
            forked.caseEntries(),
            b.decisions().stream().map(lines -> proved(lines, tree::inclusion)).toList(),
            forked.electorate(),
            forked.playbooks(),
            proved(b.grants(), tree::inclusion),
            forked.blastRadius(),
            forked.anchor(),
            ""));
  }

  private List<Hash> leaves(long size) {
    List<Hash> leaves = new ArrayList<>();
    while (leaves.size() < size) {
      int max = (int) Math.min(TILE - leaves.size() % TILE, size - leaves.size());
      for (LeafRow row : Reach.now(reach.store().leaves(leaves.size(), max))) {
        leaves.add(row.hash());
      }
    }
    return leaves;
  }

  /** Adds their leaves. */
  private List<BundleEntry> forked(Words words, Bundle b, List<Hash> leaves) {
    List<CaseEvent> events = new ArrayList<>();
    List<Reach.Known> real = reach.entries(b.caseId()).subList(0, b.caseEntries().size());
    CaseState before = reach.rules().empty();
    for (Reach.Known known : real) {
      before = reach.rules().apply(before, (CaseEvent) known.event());
    }
    Voting voting = Objects.requireNonNull(before.voting());
    Reach.now(reach.content().load(voting.content().snapshotDigest()));
    CaseState state = before;
    for (SignedBallot ballot : words.ballots()) {
      state = decide(state, new CaseCommand.CastVote(ballot, null), Copy.now(), events);
    }
    decide(state, new CaseCommand.CheckDeadline(), voting.deadline().plusMillis(1), events);
    List<BundleEntry> made = new ArrayList<>();
    byte[] key = new byte[32];
    String pid = Reach.pid(b.caseId());
    Hash prev = real.get(real.size() - 1).hash();
    state = before;
    for (CaseEvent event : events) {
      state = reach.rules().apply(state, event);
      Encoded encoded =
          codec.encode(
              event,
              pid,
              real.size() + made.size() + 1L,
              new Digest(prev.hex()),
              CaseAggregate.policyDigest(state),
              key);
      made.add(
          new BundleEntry(
              leaves.size(),
              new String(encoded.entry(), StandardCharsets.UTF_8),
              List.of(),
              codec.disclose(encoded.entry(), encoded.sealedBody(), key, Set.of())));
      prev = Hashing.leaf(encoded.entry());
      leaves.add(prev);
    }
    return made;
  }

  private CaseState decide(
      CaseState before, CaseCommand command, Instant at, List<CaseEvent> events) {
    Decision<CaseEvent> decision = reach.rules().decide(before, command, at);
    if (!(decision instanceof Decision.Accepted<CaseEvent> accepted)) {
      throw new IllegalStateException(command + " was answered " + decision);
    }
    events.addAll(accepted.events());
    return accepted.events().stream().reduce(before, reach.rules()::apply, (a, c) -> c);
  }

  private static List<BundleEntry> proved(
      List<BundleEntry> lines, LongFunction<List<Digest>> proof) {
    return lines.stream()
        .map(l -> new BundleEntry(l.index(), l.entry(), proof.apply(l.index()), l.disclosure()))
        .toList();
  }

  private static Bundle with(
      Bundle b,
      String checkpoint,
      List<BundleEntry> registry,
      List<BundleEntry> entries,
      Anchor anchor) {
    return new Bundle(
        b.caseId(),
        checkpoint,
        registry,
        entries,
        b.decisions(),
        b.electorate(),
        b.playbooks(),
        b.grants(),
        b.blastRadius(),
        anchor,
        "");
  }
}
