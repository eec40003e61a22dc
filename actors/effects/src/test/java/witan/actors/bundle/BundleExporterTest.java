package witan.actors.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.actors.execution.DecisionChecks;
import witan.actors.planning.ResponsePlanning;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.RegistryLog;
import witan.codec.bundle.Bundle;
import witan.codec.bundle.BundleEntry;
import witan.codec.entry.Entry;
import witan.domain.api.Anchors;
import witan.domain.api.Answer;
import witan.domain.api.LogReads;
import witan.domain.common.CaseId;
import witan.domain.governance.Assurance;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.registry.RegistryEvent;
import witan.log.checkpoint.BundleSeal;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.SignedNote;
import witan.log.proof.Proofs;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

class BundleExporterTest {
  private static final CaseId CASE = new CaseId("c-1");
  private final MemoryCouncil council = new MemoryCouncil();

  @BeforeEach
  void decide() throws Exception {
    council.found(Assurance.IMMEDIATE);
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE,
            MemoryCouncil.ID,
            MemoryCouncil.alert("falco", "a1", "web-1"),
            "secret raw text"));
    RegistryLog registry = council.registry();
    new ResponsePlanning(registry, council, new Playbooks(), council.playbooks(), council)
        .plan(CASE, council.state(CASE))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    council.now = council.now.plusSeconds(1);
    council.vote(CASE, 0, Support.FOR);
    council.vote(CASE, 1, Support.FOR);
  }

  private Answer<byte[]> export(Anchors.Status status, CaseId caseId) throws Exception {
    return export(status, caseId, council);
  }

  private Answer<byte[]> export(Anchors.Status status, CaseId caseId, LogReads reads)
      throws Exception {
    return new BundleExporter(
            council,
            council,
            council.codec(),
            reads,
            council,
            MemoryCouncil.anchors(status),
            council.caseLog(),
            council.playbooks(),
            digest -> CompletableFuture.completedFuture(council.signer().seal(digest)),
            0)
        .export(caseId)
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private Bundle bundle(Anchors.Status status) throws Exception {
    Answer<byte[]> answer = export(status, CASE);
    byte[] bytes = (byte[]) assertInstanceOf(Answer.Done.class, answer, answer.toString()).value();
    Bundle bundle = Bundle.parse(bytes);
    assertArrayEquals(bytes, bundle.bytes());
    return bundle;
  }

  @Test
  void everyEntryIsProvenUnderTheCheckpointAndRawAlertsAreWithheld() throws Exception {
    Bundle bundle = bundle(DecisionChecks.NO_CHAIN);

    assertEquals(
        Hashing.sha256(bundle.content()),
        BundleSeal.open(bundle.seal(), council.signer().key()).digest());
    Checkpoint checkpoint = SignedNote.open(bundle.checkpoint(), List.of(council.signer().key()));
    List<BundleEntry> all = new java.util.ArrayList<>(bundle.registry());
    all.addAll(bundle.caseEntries());
    assertEquals(7, all.size());
    for (BundleEntry line : all) {
      byte[] entry = line.entry().getBytes(StandardCharsets.UTF_8);
      assertTrue(
          Proofs.verifyInclusion(
              line.index(),
              checkpoint.size(),
              Hashing.leaf(entry),
              line.proof().stream().map(d -> Hash.ofHex(d.hex())).toList(),
              checkpoint.root()),
          line.entry());
      assertTrue(council.codec().matches(Entry.parse(entry), line.disclosure()));
    }
    assertEquals(List.of("raw"), bundle.caseEntries().get(1).disclosure().withheld());
    assertTrue(!new String(bundle.bytes(), StandardCharsets.UTF_8).contains("secret raw text"));
    assertEquals(3, bundle.electorate().electors().size());
    assertEquals(1, bundle.playbooks().size());
    assertNull(bundle.anchor());
  }

  @Test
  void theAnchorIsTiedToTheCheckpoint() throws Exception {
    long size = 4;
    Anchors.Anchored last =
        new Anchors.Anchored(
            size,
            council.root(size).hex(),
            1337,
            "0x" + "ab".repeat(32),
            "0x" + "cd".repeat(20),
            "0x" + "12".repeat(32),
            9,
            "0x" + "34".repeat(32),
            MemoryCouncil.START);

    Bundle bundle = bundle(new Anchors.Status(Anchors.State.FOLLOWING, size, last, ""));

    Checkpoint checkpoint = SignedNote.open(bundle.checkpoint(), List.of(council.signer().key()));
    assertTrue(
        Proofs.verifyConsistency(
            size,
            checkpoint.size(),
            council.root(size),
            checkpoint.root(),
            bundle.anchor().consistency().stream().map(d -> Hash.ofHex(d.hex())).toList()));
    assertNull(
        bundle(new Anchors.Status(Anchors.State.IDENTITY_CHANGED, 0, last, "")).anchor(),
        "an anchor on another chain is no evidence");
  }

  /** A log whose first checkpoint that covers an entry covers none after it. */
  private LogReads barely() {
    return (LogReads)
        Proxy.newProxyInstance(
            LogReads.class.getClassLoader(),
            new Class<?>[] {LogReads.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("checkpointCovering")) {
                return method.invoke(council, arguments);
              }
              long size = (long) arguments[0] + 1;
              return CompletableFuture.completedFuture(
                  council
                      .signer()
                      .sign(new Checkpoint("witan.test/log", size, council.root(size))));
            });
  }

  @Test
  void whatTheRegistrySaysAfterTheCaseShowsItsEnd() throws Exception {
    council.forge(
        new RegistryEvent.BondPosted(new CaseId("c-7"), "ana", BigInteger.ONE, council.now));

    Answer<byte[]> answer = export(DecisionChecks.NO_CHAIN, CASE, barely());

    Bundle bundle =
        Bundle.parse((byte[]) assertInstanceOf(Answer.Done.class, answer, "" + answer).value());
    BundleEntry last = bundle.registry().get(bundle.registry().size() - 1);
    assertTrue(last.index() > bundle.caseEntries().get(0).index(), last.entry());
  }

  @Test
  void theCaseThatAnotherFollowsIsShownWithItsBeginning() throws Exception {
    CaseId again = new CaseId("c-3");
    council.decide(
        again,
        new CaseCommand.ReopenCase(
            again,
            CASE,
            MemoryCouncil.ID,
            List.of(
                new CaseCommand.ReopenCase.Seen(
                    MemoryCouncil.alert("falco", "a3", "web-1"), "raw", null))));
    new ResponsePlanning(council.registry(), council, new Playbooks(), council.playbooks(), council)
        .plan(again, council.state(again))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);

    Answer<byte[]> answer = export(DecisionChecks.NO_CHAIN, again);

    Bundle bundle =
        Bundle.parse((byte[]) assertInstanceOf(Answer.Done.class, answer, "" + answer).value());
    assertEquals(1, bundle.decisions().size());
    Entry first =
        Entry.parse(bundle.decisions().get(0).get(0).entry().getBytes(StandardCharsets.UTF_8));
    assertEquals("case|" + CASE + " CaseOpened", first.pid() + " " + first.type());
  }

  @Test
  void anUnknownCaseAndOneWithoutAVoteAreDeclined() throws Exception {
    assertEquals("case_not_found", code(export(DecisionChecks.NO_CHAIN, new CaseId("c-9"))));
    CaseId fresh = new CaseId("c-2");
    council.decide(
        fresh,
        new CaseCommand.RecordAlert(
            fresh, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a2", "web-2"), "{}"));
    assertEquals("voting_not_open", code(export(DecisionChecks.NO_CHAIN, fresh)));
  }

  private static String code(Answer<byte[]> answer) {
    return answer instanceof Answer.Declined<byte[]> declined ? declined.refusal().code() : "";
  }
}
