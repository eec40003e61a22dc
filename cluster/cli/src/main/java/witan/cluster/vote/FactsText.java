package witan.cluster.vote;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import witan.cluster.text.Actions;
import witan.cluster.text.Clock;
import witan.cluster.text.Lines;
import witan.domain.detection.Alert;
import witan.domain.detection.Resource;
import witan.domain.proposal.SignedDraft;

/** What happened. */
final class FactsText {
  private final Dossier dossier;
  private final Clock clock;
  private final Lines lines;

  FactsText(Dossier dossier, Clock clock, Lines lines) {
    this.dossier = dossier;
    this.clock = clock;
    this.lines = lines;
  }

  void tell() {
    Facts facts = dossier.facts();
    SignedDraft proposed = facts.proposed();
    if (proposed != null) {
      lines.part("Proposed, as the council tells it");
      lines.field("by", dossier.roll().name(proposed.proposer()));
    }
    if (!facts.alerts().isEmpty()) {
      lines.part(
          facts.bound()
              ? "What happened (your ballot commits to it)"
              : "What happened, as the council tells it");
      alerts(facts.alerts());
    }
    if (!facts.later().isEmpty()) {
      lines.part("Since the vote opened, as the council tells it");
      alerts(facts.later());
    }
  }

  private void alerts(List<Alert> alerts) {
    List<Instant> times = alerts.stream().map(Alert::at).sorted().toList();
    lines.field(
        "alerts",
        Actions.count(alerts.size(), "alert")
            + ", "
            + clock.span(times.get(0), times.get(times.size() - 1)));
    lines.field(
        "severity",
        alerts.stream().map(Alert::severity).max(Comparator.naturalOrder()).orElseThrow().name());
    lines.field("rule", ProposalText.each(alerts.stream().map(Alert::rule).toList()));
    lines.field("sensor", ProposalText.each(alerts.stream().map(Alert::sensor).toList()));
    lines.field("about", ProposalText.each(alerts.stream().map(a -> thing(a.resource())).toList()));
  }

  private static String thing(Resource resource) {
    return Actions.thing(
        resource.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        resource.cluster(),
        resource.namespace(),
        resource.name());
  }
}
