package witan.cluster.vote;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import witan.cluster.text.Actions;
import witan.cluster.text.Lines;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.OptionRadius;
import witan.domain.governance.ResponseOption;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.ResponsePlanner;

/** What a ballot may approve, and what each of it does. */
final class OptionsText {
  private static final int MOST_STEPS = 12;

  private final Proposal proposal;
  private final List<Responses.Response> responses;
  private final Lines lines;

  OptionsText(Proposal proposal, List<Responses.Response> responses, Lines lines) {
    this.proposal = proposal;
    this.responses = responses;
    this.lines = lines;
  }

  void tell() {
    lines.part("What may be done (your ballot commits to it)");
    for (int i = 0; i < responses.size(); i++) {
      Responses.Response response = responses.get(i);
      ResponseOption option = response.option();
      lines.line("Option " + i + ": " + option.title());
      steps(response);
      lines.field("impact", option.impact() + " of 100");
      lines.field("touches", touches(i));
      proposal.radius(i).ifPresent(this::against);
      option
          .parameters()
          .forEach(
              (name, value) -> {
                if (!name.equals(ResponsePlanner.CASE_ID)) {
                  lines.field("with", plain(name) + ": " + value);
                }
              });
      lines.field("playbook", option.playbookDigest().hex());
    }
    lines.line("Option " + responses.size() + ": no action");
    lines.field("does", "nothing; the case is closed and stays on record");
    if (proposal.content().provisionalContainment()) {
      lines.line(
          "Before the decision the first reversible steps may be there already, for a time; they"
              + " are taken back unless their option is approved.");
    }
  }

  private void steps(Responses.Response response) {
    List<PlannedStep> steps = response.steps();
    if (steps.isEmpty()) {
      lines.field("does", response.problem());
      lines.field("acts on", targets(response.option()));
      return;
    }
    for (int i = 0; i < Math.min(steps.size(), MOST_STEPS); i++) {
      PlannedStep step = steps.get(i);
      lines.field(
          i == 0 ? "does" : "",
          "%d. %s; %s"
              .formatted(
                  i + 1,
                  // Names and labels have the id of the case, which says nothing here.
                  Actions.of(step.command(), step.target(), step.parameters())
                      .replace(proposal.content().caseId().value(), "<case>"),
                  step.reversible() ? "reversible" : "NOT reversible"));
    }
    if (steps.size() > MOST_STEPS) {
      lines.field("", "and " + (steps.size() - MOST_STEPS) + " more steps");
    }
    lines.field("reversible", reversible(steps));
  }

  private static String targets(ResponseOption option) {
    return ProposalText.each(option.targets().stream().map(Actions::target).toList());
  }

  private static String reversible(List<PlannedStep> steps) {
    long stays = steps.stream().filter(step -> !step.reversible()).count();
    return stays == 0
        ? "yes, all of it"
        : stays == steps.size() ? "NO" : "NO, not " + stays + " of " + steps.size() + " steps";
  }

  private String touches(int option) {
    OptionRadius radius = proposal.radius(option).orElse(null);
    BlastRadius all = proposal.answer().blastRadius();
    if (radius == null || all == null) {
      return "not known: nobody has tried it";
    }
    List<String> parts = new ArrayList<>();
    parts.add(Actions.count(radius.pods(), "pod"));
    parts.add(Actions.count(radius.objects().size(), "object"));
    return String.join(", ", parts)
        + (radius.namespaces().isEmpty()
            ? ""
            : " in " + radius.namespaces().stream().collect(Collectors.joining(", ")))
        + (all.adapter().equals(BlastRadius.REHEARSAL) ? "; no cluster was asked" : "")
        + (radius.complete() ? "" : "; not everything is known");
  }

  private void against(OptionRadius radius) {
    lines.field("budget", radius.budgets());
    lines.field("against it", radius.refusals());
  }

  /** {@code __source_cidrs__} as {@code source cidrs}. */
  private static String plain(String variable) {
    return variable.replaceAll("^_+|_+$", "").replace('_', ' ');
  }
}
