package witan.cluster;

import java.util.Map;
import java.util.Set;
import witan.cluster.evidence.BundleCommand;
import witan.cluster.evidence.LogCommand;
import witan.cluster.evidence.TrustCommand;
import witan.cluster.ingest.IngestCommand;
import witan.cluster.playbook.PlaybookCommand;
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
        Map.entry("ingest", CommandMaker.of(IngestCommand::new)),
        Map.entry("vote", VoteCommand.MAKER),
        Map.entry("playbook", PlaybookCommand.MAKER),
        Map.entry("watch", CommandMaker.of(WatchCommand::new)),
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
