package witan.actors.service;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.domain.api.Intake.Related;
import witan.domain.common.CaseId;
import witan.domain.correlation.CorrelationAnswer;
import witan.domain.correlation.CorrelationCommand;
import witan.domain.correlation.Relations;
import witan.domain.detection.Alert;

/**
 * Which cases have to do with one another: linking events in the correlations of what they share.
 * Links help people to find cases; nothing waits for one. Thread-safe.
 */
final class Links {
  private static final Logger LOG = LoggerFactory.getLogger(Links.class);
  private static final int MOST_RELATED = 100;
  private static final int REMEMBERED = 20_000;

  /** The closest first, then those that have the most in common. */
  private static final Comparator<Related> CLOSEST =
      Comparator.<Related, Relations.Kind>comparing(related -> related.by().get(0))
          .thenComparing(related -> -related.by().size());

  private record Link(String key, CaseId caseId) {}

  private final Correlations correlations;
  private final Set<Link> made = Collections.newSetFromMap(new Made());

  Links(Correlations correlations) {
    this.correlations = correlations;
  }

  /** What this node linked lately, so that a case with many alerts is not linked with each. */
  private static final class Made extends LinkedHashMap<Link, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Link, Boolean> eldest) {
      return size() > REMEMBERED;
    }
  }

  /** Does not wait; what fails is made up for by the case's next alert. */
  void link(Alert alert, CaseId caseId) {
    for (String key : Relations.keys(alert).keySet()) {
      Link link = new Link(key, caseId);
      if (remember(link)) {
        correlations
            .ask(key, new CorrelationCommand.Relate(caseId))
            .whenComplete(
                (noted, failure) -> {
                  if (failure != null) {
                    LOG.debug("{} was not linked", caseId, failure);
                    forget(link);
                  }
                });
      }
    }
  }

  private synchronized boolean remember(Link link) {
    return made.add(link);
  }

  private synchronized void forget(Link link) {
    made.remove(link);
  }

  /** At most {@value #MOST_RELATED}, the closest first. */
  CompletionStage<List<Related>> related(CaseId of, List<Alert> alerts) {
    CompletionStage<Map<CaseId, Set<Relations.Kind>>> found =
        CompletableFuture.completedFuture(new LinkedHashMap<>());
    for (Map.Entry<String, Relations.Kind> key : Relations.allKeys(alerts).entrySet()) {
      found =
          found.thenCombine(
              correlations.ask(key.getKey(), new CorrelationCommand.ReadCases()),
              (cases, answer) -> {
                if (answer instanceof CorrelationAnswer.Cases here) {
                  here.cases().stream()
                      .filter(c -> !c.equals(of))
                      .forEach(
                          c -> cases.computeIfAbsent(c, x -> new TreeSet<>()).add(key.getValue()));
                }
                return cases;
              });
    }
    return found.thenApply(
        cases ->
            cases.entrySet().stream()
                .map(e -> new Related(e.getKey(), List.copyOf(e.getValue())))
                .sorted(CLOSEST)
                .limit(MOST_RELATED)
                .toList());
  }
}
