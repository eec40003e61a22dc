package witan.evidence;

import java.util.List;
import java.util.Optional;
import witan.codec.bundle.Bundle;
import witan.codec.event.Family;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.RegistryEvent;
import witan.log.checkpoint.Checkpoint;

/**
 * All checks of an evidence bundle but that of its anchor. What holds is proven against what is
 * trusted alone; times are the council's own.
 */
final class BundleChecks {
  private final Trust trust;

  BundleChecks(Trust trust) {
    this.trust = trust;
  }

  /**
   * What was read.
   *
   * @param checkpoint if it is the log's
   * @param file if the case is whole
   */
  record Looked(Optional<Checkpoint> checkpoint, Optional<CaseFile> file) {}

  /** Adds every check to the report. */
  Looked run(Bundle bundle, Checks report) {
    report.check("document", () -> document(bundle));
    report.check("seal", () -> LogChecks.seal(bundle, trust));
    Optional<Checkpoint> checkpoint =
        report.find("checkpoint", () -> LogChecks.checkpoint(bundle.checkpoint(), trust));
    checkpoint.ifPresent(c -> WitnessChecks.run(bundle.checkpoint(), trust, report));
    Optional<Generations> generations =
        checkpoint.flatMap(c -> Generations.of(bundle, c, trust, report));
    generations.ifPresentOrElse(
        g -> report.check("inclusion", () -> LogChecks.inclusion(bundle, g)),
        () -> report.blocked("inclusion", "the checkpoint and the generations before it"));
    report.check("versions", () -> VersionChecks.order(bundle));
    Optional<Council> council = council(bundle, report);
    council.ifPresent(c -> generations.ifPresent(g -> g.agreed(c, report)));
    Optional<List<Logged<CaseEvent>>> entries =
        report.find("entries", () -> EntryChecks.read(bundle.caseEntries(), CaseEvent.class));
    Optional<CaseFile> file =
        entries.flatMap(e -> report.find("case", () -> CaseChecks.whole(bundle, e)));
    if (file.isEmpty()) {
      report.blocked("decision", "the whole case");
    } else if (council.isEmpty()) {
      report.blocked("decision", "the council");
    } else {
      decided(bundle, council.get(), file.get(), report);
      besides(bundle, council.get(), file.get(), report);
    }
    return new Looked(checkpoint, file);
  }

  /** Other cases, and what is not shown. */
  private void besides(Bundle bundle, Council council, CaseFile file, Checks report) {
    Optional<OtherCases> others =
        report.find(
            "other cases",
            () -> {
              OtherCases cases = OtherCases.of(bundle.decisions());
              return new Found<>(cases, bundle.decisions().size() + " other cases are shown");
            });
    if (others.isEmpty()) {
      return;
    }
    if (ChangeChecks.any(council)) {
      report.check("changes", () -> ChangeChecks.decided(council, others.get()));
    }
    LinkChecks.run(file, others.get(), report);
    StatementChecks.verdicts(council).ifPresent(text -> report.remark("verdicts", text));
    report.check("links", () -> others.get().allAskedFor());
    Unseen.registryEnd(council, file, report);
    Unseen.causes(council, file, bundle.electorate(), report);
    Unseen.readings(file, report);
    Unseen.signedReadings(council, file, report);
    ExecutorChecks.run(council, file, trust, report);
    CaseChecks.withheld(file).ifPresent(text -> report.remark("withheld", text));
    InWords.say(file, bundle.electorate(), report);
  }

  private static String document(Bundle bundle) {
    return "case "
        + bundle.caseId()
        + ": "
        + bundle.caseEntries().size()
        + " entries of the case, "
        + bundle.registry().size()
        + " of the registry, canonical";
  }

  private Optional<Council> council(Bundle bundle, Checks report) {
    Optional<List<Logged<RegistryEvent>>> registry =
        report.find(
            "registry",
            () -> {
              var read = EntryChecks.read(bundle.registry(), RegistryEvent.class);
              EntryChecks.chain(read.value(), Family.REGISTRY.pid(bundle.electorate().councilId()));
              return read;
            });
    return registry.flatMap(
        r -> report.find("founding", () -> CouncilChecks.founding(r, trust.charterHash())));
  }

  private static void decided(Bundle bundle, Council council, CaseFile file, Checks report) {
    report.check("electorate", () -> CouncilChecks.electorate(council, file, bundle.electorate()));
    report.check("policy", () -> CaseChecks.policy(council, file));
    report.check("alerts", () -> CaseChecks.alerts(file));
    report.check("playbooks", () -> CaseChecks.playbooks(file, bundle.playbooks()));
    report.check("blast radius", () -> RadiusChecks.check(file, bundle.blastRadius()));
    report.check(
        "containment",
        () ->
            ContainmentChecks.check(
                council,
                file,
                bundle.grants(),
                AlertEvidence.of(council, file.snapshot(), file.events())));
    report.check("ballots", () -> DecisionChecks.ballots(file, bundle.electorate()));
    report.check("recount", () -> DecisionChecks.recount(file.events(), bundle.electorate()));
    if (VetoChecks.any(file)) {
      report.check("veto", () -> VetoChecks.recorded(council, file));
    }
    if (StatementChecks.any(file)) {
      report.check("statements", () -> StatementChecks.check(council, file));
    }
    report.check("execution", () -> ExecutionChecks.check(file));
    report.check("plan", () -> PlanChecks.check(file, bundle.playbooks()));
    report.check("requests", () -> RequestChecks.check(file));
    report.check(
        "rules",
        () -> Replay.of(file, bundle.electorate(), council).check(file.caseId(), file.events()));
    report.check("notices", () -> SettlementChecks.notices(file, bundle.electorate()));
    report.check("stakes", () -> SettlementChecks.check(council, file, bundle.electorate()));
  }
}
