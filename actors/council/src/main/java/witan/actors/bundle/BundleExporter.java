package witan.actors.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.spi.ContentStore;
import witan.actors.spi.EntryLog;
import witan.actors.spi.KeyTable;
import witan.actors.spi.StoredEntry;
import witan.actors.view.CaseLog;
import witan.codec.bundle.Anchor;
import witan.codec.bundle.Bundle;
import witan.codec.bundle.BundleEntry;
import witan.codec.content.BlastRadiusJson;
import witan.codec.content.ElectorateJson;
import witan.codec.entry.Entry;
import witan.codec.event.EventCodec;
import witan.codec.event.Family;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.api.Anchors;
import witan.domain.api.Answer;
import witan.domain.api.LogReads;
import witan.domain.api.LoggedCase;
import witan.domain.api.Playbooks;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.containment.ContainmentEvent;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.Electorate;
import witan.domain.governance.ResponseOption;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.Phase;
import witan.domain.proposal.Precautions;
import witan.domain.proposal.Voting;
import witan.domain.registry.RegistryEvent;
import witan.evidence.Unvoted;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * Writes {@code <case>.witan}: everything an auditor needs, under one checkpoint. Raw alerts are
 * withheld. Thread-safe; a large case costs one proof per entry, read a few at a time.
 */
public final class BundleExporter {
  private static final Logger LOG = LoggerFactory.getLogger(BundleExporter.class);
  private static final String CHANGE = RegistryEvent.ChangeApplied.class.getSimpleName();
  private static final String SWITCH = ContainmentEvent.ContainmentSwitched.class.getSimpleName();
  private static final Limits PLAYBOOK = Limits.DEFAULT;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final EntryLog log;
  private final BundleLines lines;
  private final EventCodec codec;
  private final LogReads reads;
  private final ContentStore content;
  private final BundleAnchors anchors;
  private final CaseLog cases;
  private final VotedPlaybooks playbooks;
  private final Function<Hash, CompletionStage<String>> seal;
  private final int generation;

  /**
   * One per node.
   *
   * @param seal has the digest of a bundle signed with the log's key ({@code NoteSigner.seal})
   * @param generation of the log that is published
   */
  public BundleExporter(
      EntryLog log,
      KeyTable keys,
      EventCodec codec,
      LogReads reads,
      ContentStore content,
      Anchors anchors,
      CaseLog cases,
      Playbooks playbooks,
      Function<Hash, CompletionStage<String>> seal,
      int generation) {
    this.log = log;
    this.lines = new BundleLines(log, keys, codec, reads);
    this.codec = codec;
    this.reads = reads;
    this.content = content;
    this.anchors = new BundleAnchors(anchors, reads);
    this.cases = cases;
    this.playbooks = new VotedPlaybooks(playbooks, content);
    this.seal = seal;
    this.generation = generation;
  }

  /** The entries of the registry, the case, and the cases that decided the registry's changes. */
  private record Chains(
      List<BundleEntry> registry,
      List<BundleEntry> entries,
      List<List<BundleEntry>> decisions,
      List<BundleEntry> grants,
      List<BundleEntry> adoptions) {}

  /**
   * A case that is voted on gives a bundle too: it has no {@code CaseSealed}, and the verifier
   * calls it incomplete. One that was closed without a vote shows why. Declined: {@code
   * case_not_found}, {@code voting_not_open} while a vote may come. Busy while content or proofs
   * are not to be had.
   */
  public CompletionStage<Answer<byte[]>> export(CaseId caseId) {
    return cases
        .read(caseId)
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                return declined("case_not_found", "there is no case " + caseId);
              }
              CaseState state = found.get().state();
              return state.voting() == null && state.phase() != Phase.CLOSED
                  ? declined("voting_not_open", "there is no decision to prove yet")
                  : export(caseId, found.get(), state.voting());
            })
        .exceptionally(
            failure -> {
              LOG.warn("case {}: no bundle", caseId, failure);
              return new Answer.Busy<>(failure.toString(), RETRY_AFTER);
            });
  }

  private CompletionStage<Answer<byte[]>> export(
      CaseId caseId, LoggedCase logged, @Nullable Voting voting) {
    String registry = Family.REGISTRY.pid(council(logged));
    // The newest: what the registry says after the case has begun shows where it ended before.
    return reads
        .checkpointCovering(logged.index())
        .thenCompose(covering -> reads.checkpoint())
        .thenApply(note -> BundleHead.of(note, generation))
        .thenCompose(
            head ->
                lines
                    .of(registry, head)
                    .thenCompose(
                        members ->
                            lines
                                .of(Family.CASE.pid(caseId), head)
                                .thenCombine(
                                    others(members, logged, head),
                                    (entries, decisions) ->
                                        new Chains(
                                            members, entries, decisions, List.of(), List.of()))
                                .thenCombine(
                                    grants(logged, head),
                                    (c, grants) ->
                                        new Chains(
                                            c.registry(),
                                            c.entries(),
                                            c.decisions(),
                                            grants,
                                            List.of()))
                                .thenCombine(
                                    adoptions(logged, head),
                                    (c, adoptions) ->
                                        new Chains(
                                            c.registry(),
                                            c.entries(),
                                            c.decisions(),
                                            c.grants(),
                                            adoptions))
                                .thenCompose(chains -> rest(caseId, voting, head, chains))));
  }

  /** The cases that decided the registry's changes, then the beginnings of linked cases. */
  private CompletionStage<List<List<BundleEntry>>> others(
      List<BundleEntry> registry, LoggedCase logged, BundleHead head) {
    List<String> deciding = decidedBy(registry);
    Precautions known = logged.state().precautions();
    List<String> linked =
        Stream.of(Optional.ofNullable(known.follows()), Optional.ofNullable(known.next()))
            .flatMap(Optional::stream)
            .map(Family.CASE::pid)
            .filter(pid -> !deciding.contains(pid))
            .distinct()
            .toList();
    return BundleLines.inOrder(deciding, pid -> lines.of(pid, head))
        .thenCombine(
            BundleLines.inOrder(linked, pid -> lines.first(pid, head)),
            (whole, begun) ->
                Stream.concat(whole.stream(), begun.stream().filter(l -> !l.isEmpty())).toList());
  }

  /** The lease that the case acted under before its decision, and how it could be granted. */
  private CompletionStage<List<BundleEntry>> grants(LoggedCase logged, BundleHead head) {
    Containment containment = logged.state().precautions().containment();
    return containment == null
        ? CompletableFuture.completedFuture(List.of())
        : log.allOfPid(Family.CONTAINMENT.pid(council(logged)), 1)
            .thenCompose(
                all ->
                    BundleLines.inOrder(
                        granted(all, containment.grant()), stored -> lines.line(stored, head)));
  }

  /** The lease, then the uses of the kill switch before it. */
  private static List<StoredEntry> granted(List<StoredEntry> all, long grant) {
    return all.size() < grant
        ? List.of()
        : Stream.concat(
                Stream.of(all.get((int) grant - 1)),
                all.stream()
                    .limit(grant - 1)
                    .filter(s -> Entry.parse(s.entry()).type().equals(SWITCH)))
            .toList();
  }

  /** Entry 0 of each generation but the first. */
  private CompletionStage<List<BundleEntry>> adoptions(LoggedCase logged, BundleHead head) {
    return generation == 0
        ? CompletableFuture.completedFuture(List.of())
        : lines.of(Family.ADOPTION.pid(council(logged)), head);
  }

  /** The cases that decided the registry's changes, by the order of the changes. */
  private List<String> decidedBy(List<BundleEntry> registry) {
    List<String> pids = new ArrayList<>();
    for (BundleEntry line : registry) {
      Entry entry = Entry.parse(line.entry().getBytes(StandardCharsets.UTF_8));
      if (entry.type().equals(CHANGE)
          && codec.fromDisclosure(entry, line.disclosure())
              instanceof RegistryEvent.ChangeApplied change) {
        pids.add(Family.CASE.pid(change.caseId()));
      }
    }
    return pids;
  }

  /** Of a case without an electorate, a council that there is not. */
  private static String council(LoggedCase logged) {
    return String.valueOf(logged.state().councilId());
  }

  private CompletionStage<Answer<byte[]>> rest(
      CaseId caseId, @Nullable Voting voting, BundleHead head, Chains chains) {
    List<Digest> voted =
        voting == null
            ? List.of()
            : voting.content().options().stream()
                .map(ResponseOption::playbookDigest)
                .distinct()
                .toList();
    return electorate(caseId, voting, chains)
        .thenCombine(playbooks.of(voted), Contents::new)
        .thenCombine(
            radius(voting),
            (contents, radius) -> {
              List<JsonNode> books =
                  contents.playbooks().stream().map(d -> Json.parse(d, PLAYBOOK)).toList();
              return new Bundle(
                  caseId,
                  head.note(),
                  chains.registry(),
                  chains.entries(),
                  chains.decisions(),
                  contents.electorate(),
                  books,
                  chains.grants(),
                  radius.orElse(null),
                  null,
                  chains.adoptions(),
                  "");
            })
        .thenCompose(
            bundle ->
                anchors
                    .of(head)
                    .thenCompose(anchor -> sealed(bundle, anchor.orElse(null)))
                    .thenApply(Answer.Done::new));
  }

  private record Contents(Electorate electorate, List<byte[]> playbooks) {}

  /** Of a case without a vote it is stored nowhere, and follows from the registry. */
  private CompletionStage<Electorate> electorate(
      CaseId caseId, @Nullable Voting voting, Chains chains) {
    return voting == null
        ? CompletableFuture.completedFuture(
            Unvoted.electorate(caseId, chains.registry(), chains.entries()))
        : required(voting.content().snapshotDigest()).thenApply(ElectorateJson::read);
  }

  private CompletionStage<Optional<BlastRadius>> radius(@Nullable Voting voting) {
    Digest digest = voting == null ? null : voting.content().blastRadius();
    return digest == null
        ? CompletableFuture.completedFuture(Optional.empty())
        : required(digest).thenApply(json -> Optional.of(BlastRadiusJson.read(digest, json)));
  }

  /** The seal covers the anchor, which no proof does. */
  private CompletionStage<byte[]> sealed(Bundle b, @Nullable Anchor anchor) {
    Bundle whole =
        new Bundle(
            b.caseId(),
            b.checkpoint(),
            b.registry(),
            b.caseEntries(),
            b.decisions(),
            b.electorate(),
            b.playbooks(),
            b.grants(),
            b.blastRadius(),
            anchor,
            b.adoptions(),
            "");
    return seal.apply(Hashing.sha256(whole.content()))
        .thenApply(note -> whole.withSeal(note).bytes());
  }

  private CompletionStage<byte[]> required(Digest digest) {
    return content
        .get(digest)
        .thenApply(found -> found.orElseThrow(() -> missing("content " + digest)));
  }

  static IllegalStateException missing(String what) {
    return new IllegalStateException(what + " is not to be had");
  }

  private static CompletionStage<Answer<byte[]>> declined(String code, String message) {
    return CompletableFuture.completedFuture(
        new Answer.Declined<>(new Refusal(code, message, "look at the list of cases")));
  }
}
