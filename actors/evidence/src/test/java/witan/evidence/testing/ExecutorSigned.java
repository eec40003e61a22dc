package witan.evidence.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import witan.domain.execution.Order;
import witan.domain.proposal.CaseEvent;
import witan.evidence.StepSignatures;
import witan.log.checkpoint.NoteSigner;

/** A story's steps as an executor signs them; what is signed already stays as it is. */
public final class ExecutorSigned {
  private ExecutorSigned() {}

  public static List<CaseEvent> events(
      Council council, List<CaseEvent> events, NoteSigner executor) {
    StepSignatures signatures = new StepSignatures(council.charter().councilId(), Story.CASE);
    Map<String, CaseEvent.StepIntended> intents = new HashMap<>();
    List<CaseEvent> signed = new ArrayList<>();
    for (CaseEvent event : events) {
      if (event instanceof CaseEvent.StepIntended e && e.signed() != null) {
        intents.put(e.step(), e);
        signed.add(e);
      } else if (event instanceof CaseEvent.StepIntended e) {
        CaseEvent.StepIntended intent =
            new CaseEvent.StepIntended(
                e.step(),
                e.attempt(),
                e.action(),
                e.target(),
                e.parameters(),
                e.fence(),
                e.deadline(),
                e.at(),
                signatures.intent(
                    executor, Order.said(Story.CASE, e), e.parameters(), e.deadline()));
        intents.put(e.step(), intent);
        signed.add(intent);
      } else if (event instanceof CaseEvent.StepObserved e
          && e.signed() == null
          && e.said() == null
          && e.person() == null
          && intents.containsKey(e.step())) {
        CaseEvent.StepIntended intent = intents.get(e.step());
        signed.add(
            new CaseEvent.StepObserved(
                e.step(),
                e.attempt(),
                e.outcome(),
                e.detail(),
                e.requests(),
                e.at(),
                signatures.observation(
                    executor, Order.said(Story.CASE, intent), intent, e.outcome(), e.requests())));
      } else {
        signed.add(event);
      }
    }
    return signed;
  }
}
