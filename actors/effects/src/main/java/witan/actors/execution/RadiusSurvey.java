package witan.actors.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.kubernetes.DryRun;
import witan.domain.common.CaseId;
import witan.domain.execution.Order;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.OptionRadius;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.TouchedObject;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;

/**
 * Tries out what options would touch; changes nothing. Each cluster is asked by one thread, step by
 * step, and no more once it does not answer: a silent one costs its own part of the answer, and
 * never more than the time-out. Thread-safe.
 */
public final class RadiusSurvey {
  private static final int MAX_REFUSALS = 100;

  /** A list that was cut short counts as that many pods. */
  private static final long UNCOUNTED = 1_000_000;

  private static final Pattern NAMESPACE = Pattern.compile(".*/namespaces/([^/]+)/.*");

  private final StoredPlaybooks playbooks;
  private final ClusterActions actions;
  private final RadiusSettings settings;
  private final Executor blocking;

  public RadiusSurvey(
      StoredPlaybooks playbooks,
      ClusterActions actions,
      RadiusSettings settings,
      Executor blocking) {
    this.playbooks = playbooks;
    this.actions = actions;
    this.settings = settings;
    this.blocking = blocking;
  }

  private record Question(int option, Order order) {}

  /** Of every option; completes in time, complete or not. */
  CompletionStage<BlastRadius> survey(CaseId caseId, List<ResponseOption> options) {
    CompletionStage<List<Clearance>> plans = CompletableFuture.completedFuture(new ArrayList<>());
    for (ResponseOption option : options) {
      plans =
          plans.thenCombine(
              playbooks
                  .fetch(option.playbookDigest())
                  .thenApply(documents -> playbooks.plan(option, documents)),
              (all, plan) -> {
                all.add(plan);
                return all;
              });
    }
    return plans
        .thenCompose(all -> radii(all, step -> Order.of(caseId, step)))
        .thenApply(
            radii ->
                new BlastRadius(
                    1, caseId, actions.adapter(), settings.maxDriftBps(), List.copyOf(radii)));
  }

  /**
   * Of one option, later.
   *
   * @param orders with the fences of steps that were done provisionally
   */
  CompletionStage<OptionRadius> again(PlannedWorkflow plan, Function<PlannedStep, Order> orders) {
    return radii(List.of(new Clearance.Ready(plan)), orders).thenApply(radii -> radii.get(0));
  }

  private CompletionStage<List<OptionRadius>> radii(
      List<Clearance> plans, Function<PlannedStep, Order> orders) {
    Map<String, List<Question>> byCluster = new LinkedHashMap<>();
    List<List<Question>> byOption = new ArrayList<>();
    for (Clearance plan : plans) {
      List<Question> own = new ArrayList<>();
      if (plan instanceof Clearance.Ready ready) {
        for (PlannedStep step : ready.plan().steps().values()) {
          Question question = new Question(byOption.size(), orders.apply(step));
          own.add(question);
          byCluster.computeIfAbsent(step.target().cluster(), c -> new ArrayList<>()).add(question);
        }
      }
      byOption.add(own);
    }
    Map<Question, DryRun> answers = new ConcurrentHashMap<>();
    CompletableFuture<?>[] asked =
        byCluster.values().stream()
            .map(questions -> CompletableFuture.runAsync(() -> ask(questions, answers), blocking))
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(asked)
        .completeOnTimeout(null, settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(
            done -> {
              Map<Question, DryRun> known = Map.copyOf(answers);
              List<OptionRadius> radii = new ArrayList<>();
              for (int i = 0; i < plans.size(); i++) {
                radii.add(
                    plans.get(i) instanceof Clearance.Ready
                        ? radius(byOption.get(i), known)
                        : OptionRadius.unknown(why(plans.get(i))));
              }
              return radii;
            });
  }

  private static String why(Clearance plan) {
    return plan instanceof Clearance.Refuse refuse
        ? refuse.code() + ": " + refuse.detail()
        : plan instanceof Clearance.Wait wait ? wait.why().detail() : "";
  }

  private void ask(List<Question> questions, Map<Question, DryRun> answers) {
    for (Question question : questions) {
      DryRun answer = actions.dryRun(pinned(question.order()));
      answers.put(question, answer);
      if (!answer.answered()) {
        return;
      }
    }
  }

  /** As the step's intent would be: what is deleted is deleted by its UID. */
  private Order pinned(Order order) {
    return order.with(actions.prepare(order));
  }

  private static OptionRadius radius(List<Question> questions, Map<Question, DryRun> answers) {
    Map<String, Long> pods = new LinkedHashMap<>();
    Set<String> namespaces = new LinkedHashSet<>();
    Set<String> budgets = new LinkedHashSet<>();
    Set<String> refusals = new LinkedHashSet<>();
    Map<String, TouchedObject> objects = new LinkedHashMap<>();
    boolean complete = true;
    for (Question question : questions) {
      Order order = question.order();
      String cluster = order.target().cluster();
      DryRun answer = answers.get(question);
      if (answer == null || !answer.answered()) {
        complete = false;
        refusals.add(cluster + ": " + (answer == null ? "not asked in time" : answer.detail()));
        continue;
      }
      pods.merge(order.target().toString(), answer.pods(), Math::max);
      answer.budgets().forEach(budgets::add);
      if (!answer.possible()) {
        refusals.add(order.step() + ": " + answer.detail());
      }
      if (order.target().namespace() != null) {
        namespaces.add(cluster + "/" + order.target().namespace());
      }
      for (DryRun.Touched touched : answer.touched()) {
        Matcher matcher = NAMESPACE.matcher(touched.path());
        if (matcher.matches()) {
          namespaces.add(cluster + "/" + matcher.group(1));
        }
        add(objects, touched(cluster, touched));
      }
    }
    if (objects.size() > OptionRadius.MAX_OBJECTS) {
      complete = false;
      refusals.add("more than " + OptionRadius.MAX_OBJECTS + " objects; the rest is not listed");
    }
    return new OptionRadius(
        complete,
        pods.values().stream().mapToLong(most -> Math.min(most, UNCOUNTED)).sum(),
        namespaces.stream().sorted().toList(),
        budgets.stream().limit(MAX_REFUSALS).toList(),
        refusals.stream().limit(MAX_REFUSALS).toList(),
        objects.values().stream().limit(OptionRadius.MAX_OBJECTS).toList());
  }

  private static TouchedObject touched(String cluster, DryRun.Touched touched) {
    return new TouchedObject(
        cluster,
        touched.path(),
        touched.uid(),
        touched.resourceVersion(),
        touched.generation(),
        touched.held());
  }

  /** An object that one step of the case holds is held, whatever other steps find. */
  private static void add(Map<String, TouchedObject> objects, TouchedObject object) {
    objects.merge(
        object.cluster() + " " + object.path(), object, (one, other) -> other.held() ? other : one);
  }
}
