package witan.cluster;

import java.util.Map;
import java.util.Set;
import witan.cluster.cases.CaseCommand;
import witan.cluster.cases.ContainmentCommand;
import witan.cluster.change.DelegateCommand;
import witan.cluster.change.MemberCommand;
import witan.cluster.change.PolicyCommand;
import witan.cluster.change.ProposeCommand;
import witan.cluster.council.CouncilCommand;
import witan.cluster.evidence.BundleCommand;
import witan.cluster.evidence.LogCommand;
import witan.cluster.evidence.TrustCommand;
import witan.cluster.ingest.IngestCommand;
import witan.cluster.key.KeyCommand;
import witan.cluster.playbook.PlaybookCommand;
import witan.cluster.rules.RulesCommand;
import witan.cluster.vote.AbortCommand;
import witan.cluster.vote.ConfirmCommand;
import witan.cluster.vote.VoteCommand;
import witan.cluster.watch.AskCommands;
import witan.cluster.watch.WatchCommand;

/** What a person asks of a council, wherever it is. */
public final class CouncilCommands {
  private CouncilCommands() {}

  /** By their names. */
  public static Map<String, CommandMaker> all() {
    return Map.ofEntries(
        Map.entry("key", KeyCommand.MAKER),
        Map.entry("council", CouncilCommand.MAKER),
        Map.entry("ingest", CommandMaker.of(IngestCommand::new)),
        Map.entry("vote", VoteCommand.MAKER),
        Map.entry("playbook", PlaybookCommand.MAKER),
        Map.entry("watch", CommandMaker.of(WatchCommand::new)),
        Map.entry("case", CaseCommand.MAKER),
        Map.entry("containment", ContainmentCommand.MAKER),
        Map.entry("rules", RulesCommand.MAKER),
        Map.entry("propose", ProposeCommand.MAKER),
        Map.entry("delegate", DelegateCommand.MAKER),
        Map.entry("member", MemberCommand.MAKER),
        Map.entry("policy", PolicyCommand.MAKER),
        Map.entry("confirm", CommandMaker.of(ConfirmCommand::new)),
        Map.entry("abort", CommandMaker.of(AbortCommand::new)),
        Map.entry("pause", CommandMaker.of(AskCommands.Pause::new)),
        Map.entry("resume", CommandMaker.of(AskCommands.Resume::new)),
        Map.entry("resolve", CommandMaker.of(AskCommands.Resolve::new)),
        Map.entry("trust", TrustCommand.MAKER),
        Map.entry("bundle", CommandMaker.of(BundleCommand::new)),
        Map.entry("log", LogCommand.MAKER));
  }

  /** A program of these alone. */
  public static Program program() {
    return new Program(all(), Set.of());
  }
}
