package witan.cluster;

import java.util.Map;
import java.util.Set;
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
    return Map.of(
        "ingest", CommandMaker.of(IngestCommand::new),
        "vote", VoteCommand.MAKER,
        "playbook", PlaybookCommand.MAKER,
        "watch", CommandMaker.of(WatchCommand::new),
        "confirm", CommandMaker.of(ConfirmCommand::new),
        "abort", CommandMaker.of(AbortCommand::new),
        "pause", CommandMaker.of(AskCommands.Pause::new),
        "resume", CommandMaker.of(AskCommands.Resume::new),
        "resolve", CommandMaker.of(AskCommands.Resolve::new));
  }

  /** A program of these alone. */
  public static Program program() {
    return new Program(all(), Set.of());
  }
}
