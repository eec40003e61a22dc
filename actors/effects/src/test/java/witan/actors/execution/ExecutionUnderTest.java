package witan.actors.execution;

import akka.actor.typed.ActorRef;

/** Its name until the tests that others write meanwhile are on {@link ExecutorHarness}. */
abstract class ExecutionUnderTest extends ExecutorHarness {
  ActorRef<ExecutorMessage> executor() {
    return wake();
  }
}
