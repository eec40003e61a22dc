package witan.actors.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.actors.view.EntryDecoder;
import witan.codec.event.EventCodec;
import witan.codec.json.Json;
import witan.codec.playbook.PlaybookDigest;
import witan.codec.playbook.ShippedPlaybooks;
import witan.dev.CassandraProcess;
import witan.domain.api.Answer;
import witan.domain.api.Playbooks;
import witan.domain.api.Playbooks.Changed;
import witan.domain.catalogue.CatalogueCommand.PublishPlaybook;
import witan.domain.catalogue.CatalogueCommand.RetirePlaybook;
import witan.domain.catalogue.CatalogueState;
import witan.domain.catalogue.PlaybookFacts;
import witan.domain.common.Person;
import witan.log.checkpoint.NoteSigner;

/** A catalogue on a real Cassandra, and on the node after. */
class CatalogueIT {
  @TempDir Path dir;

  private final NoteSigner signer = NoteSigner.generate("witan.example/log", new SecureRandom());

  @Test
  void whatWasPublishedAndRetiredIsTheSameOnTheNextNode() throws Exception {
    try (CassandraProcess cassandra = CassandraProcess.start(CassandraProcess.Options.in(dir))) {
      CatalogueState before;
      Changed published;
      try (TestNode node = new TestNode(cassandra.contactPoint(), signer)) {
        Playbooks playbooks = playbooks(node);
        published = done(() -> playbooks.publish(command(), document()));
        done(
            () ->
                playbooks.retire(
                    new RetirePlaybook(
                        "isolate-workload", 0, "not ours", new Person("ops", null))));
        before = get(playbooks.current());
        assertEquals(2, before.seq());
      }
      try (TestNode next = new TestNode(cassandra.contactPoint(), signer)) {
        Playbooks playbooks = playbooks(next);
        assertEquals(before, get(playbooks.current()));
        Changed again = done(() -> playbooks.publish(command(), document()));
        assertTrue(again.receipt().repeated());
        assertEquals(published.receipt().index(), again.receipt().index());
        assertArrayEquals(
            document(), get(playbooks.document(published.version().digest())).orElseThrow());
        assertEquals(0, next.runtime.counters().alarms.sum());
      }
    }
  }

  private static Playbooks playbooks(TestNode node) {
    return node.runtime.playbooks(new EntryDecoder(node.runtime.keys(), new EventCodec()));
  }

  private static byte[] document() {
    return Json.canonical(ShippedPlaybooks.isolateWorkload().document());
  }

  private static PublishPlaybook command() {
    ShippedPlaybooks.Shipped shipped = ShippedPlaybooks.isolateWorkload();
    return new PublishPlaybook(
        "isolate-workload",
        PlaybookDigest.of(shipped.document()),
        PlaybookFacts.of(shipped.playbook()),
        "",
        List.of(),
        new Person("ops", null),
        null);
  }

  private static Changed done(Supplier<CompletionStage<Answer<Changed>>> call) throws Exception {
    for (int i = 0; i < 100; i++) {
      Answer<Changed> answer = get(call.get());
      if (answer instanceof Answer.Done<Changed> done) {
        return done.value();
      }
      assertInstanceOf(Answer.Busy.class, answer, answer.toString());
    }
    throw new AssertionError("always busy");
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
