package witan.actors.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.actors.testing.MemoryCouncil;
import witan.actors.view.ContainmentLog;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.common.Person;
import witan.domain.containment.ContainmentCommand;
import witan.domain.governance.Assurance;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.SignedStatement;
import witan.domain.reputation.Verdict;

/** Who switches containment, and which way. */
class ContainmentServiceTest {
  private final MemoryCouncil council = new MemoryCouncil();
  private final ContainmentService containments =
      new ContainmentService(
          new ContainmentLog(
              council,
              council.decoder(),
              MemoryCouncil.ID,
              () -> CompletableFuture.completedFuture(ContainmentLog.Belief.ALL)),
          council,
          caseId -> {},
          MemoryCouncil.ID);

  @BeforeEach
  void found() {
    council.found(Assurance.IMMEDIATE);
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  private void turnOff() throws Exception {
    done(
        await(
            containments.turnOff(
                new ContainmentCommand.SwitchOff(
                    false, new Person("olga", null), "a sensor lies", null))));
    assertFalse(await(containments.current()).on());
  }

  private Answer<Receipt> turnOn(SignedStatement signed) throws Exception {
    return await(containments.turnOn(signed));
  }

  private static Receipt done(Answer<Receipt> answer) {
    return (Receipt) assertInstanceOf(Answer.Done.class, answer, answer.toString()).value();
  }

  private static void declined(String code, Answer<Receipt> answer) {
    assertEquals(
        code, assertInstanceOf(Answer.Declined.class, answer, answer.toString()).refusal().code());
  }

  @Test
  void aMemberSwitchesOnWhatATokenSwitchedOff() throws Exception {
    turnOff();
    SignedStatement signed = council.containmentOn(1);

    assertEquals("containment|acme", done(turnOn(signed)).pid());

    assertTrue(await(containments.current()).on());
    assertEquals(
        new RecordedStatement(signed, council.registryState().seq()),
        await(containments.current()).lastSwitch().event().said());
    assertTrue(done(turnOn(signed)).repeated());
    declined("containment_on", turnOn(council.containmentOn(2)));
  }

  @Test
  void whatIsNoMembersStatementOfThisIsRefusedAndRecordedNowhere() throws Exception {
    long registered = council.registryState().seq();
    declined("containment_on", turnOn(council.containmentOn(1)));
    turnOff();
    SignedStatement good = council.containmentOn(1);
    CaseId caseId = new CaseId("c-1");
    declined("wrong_statement", turnOn(council.verdict(caseId, Verdict.DUPLICATE, 1)));
    declined("not_a_member", turnOn(council.containmentOn(9)));
    declined(
        "statement_reason",
        turnOn(new SignedStatement(good.statement(), "another", good.signature())));
    declined(
        "signature_wrong_signer",
        turnOn(
            new SignedStatement(
                good.statement(), good.reason(), council.containmentOn(2).signature())));
    council.now = council.now.plusSeconds(601);
    declined("signature_expired", turnOn(good));
    assertEquals(registered, council.registryState().seq());
    assertFalse(await(containments.current()).on());
  }

  @Test
  void aCrashBetweenRegistryAndSwitchIsCompletedByTheSameStatement() throws Exception {
    turnOff();
    SignedStatement signed = council.containmentOn(1);
    council.hangAfter = command -> command instanceof RegistryCommand.RecordStatement;
    containments.turnOn(signed);
    assertFalse(await(containments.current()).on());
    council.hangAfter = command -> false;

    assertEquals("containment|acme", done(turnOn(signed)).pid());

    assertTrue(await(containments.current()).on());
  }

  @Test
  void aStatementServesOnceAndLiftsNothingThatCameAfterIt() throws Exception {
    turnOff();
    SignedStatement used = council.containmentOn(1);
    done(turnOn(used));
    turnOff();
    declined("statement_too_old", turnOn(used));

    SignedStatement held = council.containmentOn(1);
    council.toRegistry(MemoryCouncil.ID, new RegistryCommand.RecordStatement(null, held));
    turnOff();
    declined("statement_too_old", turnOn(held));
    assertFalse(await(containments.current()).on());
  }
}
