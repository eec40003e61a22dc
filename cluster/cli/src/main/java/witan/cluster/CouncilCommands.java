package witan.cluster;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
  public static Map<String, Supplier<Object>> all() {
    return Map.of(
        "ingest", IngestCommand::new,
        "vote", VoteCommand::new,
        "playbook", PlaybookCommand::new,
        "watch", WatchCommand::new,
        "confirm", ConfirmCommand::new,
        "abort", AbortCommand::new,
        "pause", AskCommands.Pause::new,
        "resume", AskCommands.Resume::new,
        "resolve", AskCommands.Resolve::new);
  }

  /** A program of these alone. */
  public static Program program() {
    return new Program(all(), Set.of());
  }
}
