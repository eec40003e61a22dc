package witan.actors.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import witan.actors.testing.MemoryCouncil;
import witan.codec.json.Json;
import witan.codec.playbook.PlaybookDigest;
import witan.codec.playbook.ShippedPlaybooks;
import witan.domain.api.Answer;
import witan.domain.api.Playbooks.Changed;
import witan.domain.catalogue.CatalogueCommand.PublishPlaybook;
import witan.domain.catalogue.CatalogueCommand.RetirePlaybook;
import witan.domain.catalogue.PlaybookFacts;
import witan.domain.common.Digest;
import witan.domain.common.Person;

class PlaybookServiceTest {
  private final MemoryCouncil council = new MemoryCouncil();
  private final PlaybookService service = council.playbooks();

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  private static byte[] document(String title) {
    ObjectNode document = ShippedPlaybooks.isolateWorkload().document().deepCopy();
    return Json.canonical(document.put("name", title));
  }

  private static PublishPlaybook command(String title, Digest... calls) {
    return new PublishPlaybook(
        "isolate-workload",
        Digest.of(MemoryCouncil.sha256(document(title))),
        new PlaybookFacts("playbook--1", title, 20, List.of(calls), true),
        "",
        List.of(),
        new Person("ops", null),
        null);
  }

  private Changed publish(String title, Digest... calls) throws Exception {
    Answer<Changed> answer = get(service.publish(command(title, calls), document(title)));
    assertInstanceOf(Answer.Done.class, answer);
    return ((Answer.Done<Changed>) answer).value();
  }

  @Test
  void whatIsPublishedIsInLogAndStoreAndSeenByAnotherNode() throws Exception {
    Changed changed = publish("Second");

    assertEquals(1, changed.version().version());
    assertEquals("catalogue|" + MemoryCouncil.ID, changed.receipt().pid());
    PlaybookService other = council.playbooks();
    assertEquals(changed.version(), get(other.current()).latest("isolate-workload").orElseThrow());
    assertArrayEquals(
        document("Second"), get(other.document(changed.version().digest())).orElseThrow());
    assertTrue(get(council.get(changed.version().digest())).isPresent());
  }

  @Test
  void theSameAgainIsAnsweredAsBefore() throws Exception {
    publish("Second");
    assertTrue(publish("Second").receipt().repeated());
    assertEquals(1, get(service.current()).seq());
  }

  @Test
  void aRetirementIsOfTheVersionItNames() throws Exception {
    publish("Second");
    Answer<Changed> answer =
        get(
            service.retire(
                new RetirePlaybook("isolate-workload", 0, "not ours", new Person("ops", null))));
    Changed changed = ((Answer.Done<Changed>) answer).value();
    assertEquals(0, changed.version().version());
    assertEquals("not ours", changed.version().retired().reason());
    assertInstanceOf(
        Answer.Declined.class,
        get(
            service.retire(
                new RetirePlaybook("isolate-workload", 9, "x", new Person("ops", null)))));
  }

  @Test
  void whatIsShippedIsReadWithoutTheStoreAndPutThereWhenItIsCalled() throws Exception {
    Digest shipped = ShippedPlaybooks.isolateWorkload().digest();
    assertEquals(
        shipped,
        PlaybookDigest.of(
            Json.parse(
                get(service.document(shipped)).orElseThrow(), witan.codec.json.Limits.DEFAULT)));
    assertTrue(get(council.get(shipped)).isEmpty());

    publish("Caller", shipped);

    assertTrue(get(council.get(shipped)).isPresent());
    assertEquals(2, get(service.current()).latest("isolate-workload").orElseThrow().depth());
  }

  @Test
  void noAnswerOfTheEntityIsBusyAndTheContentIsThereForTheNextTry() throws Exception {
    council.before = c -> Optional.of(new Answer.Busy<>("fails over", Duration.ofSeconds(1)));
    assertInstanceOf(
        Answer.Busy.class, get(service.publish(command("Second"), document("Second"))));
    assertEquals(0, get(service.current()).seq());
    council.before = c -> Optional.empty();
    publish("Second");
  }
}
