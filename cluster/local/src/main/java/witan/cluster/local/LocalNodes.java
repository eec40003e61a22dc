package witan.cluster.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import witan.cluster.StartException;
import witan.cluster.settings.NodeState;

/** The supervisor's nodes, and what can be asked of them. For the supervisor's thread alone. */
final class LocalNodes {
  private final StackOptions options;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final IntFunction<Map<String, String>> certificates;

  /**
   * None yet.
   *
   * @param certificates variables that name the files of a node's certificate
   */
  LocalNodes(StackOptions options, IntFunction<Map<String, String>> certificates) {
    this.options = options;
    this.certificates = certificates;
  }

  void add() {
    nodes.add(new NodeProcess(nodes.size() + 1, options));
  }

  List<NodeState> states() {
    return nodes.stream().map(NodeProcess::state).toList();
  }

  boolean allReady() {
    return nodes.stream().allMatch(node -> node.phase() == NodeState.Phase.READY);
  }

  /** A node that ended before it was ever ready. */
  Optional<NodeProcess> failed() {
    return nodes.stream().filter(node -> node.earlyDeaths() > 0).findFirst();
  }

  /** Sees who died or became ready, and starts who is due. */
  void look() {
    nodes.forEach(NodeProcess::look);
    for (NodeProcess node : nodes) {
      if (node.due()) {
        start(node);
      }
    }
  }

  private void start(NodeProcess node) {
    List<Integer> others =
        nodes.stream().map(NodeProcess::number).filter(n -> n != node.number()).toList();
    boolean clusterLives = nodes.stream().anyMatch(other -> other != node && other.member());
    List<Integer> seeds = seeds(node.number(), others, clusterLives);
    node.start(
        seeds.stream().map(n -> NodeState.host(n) + ":" + options.local().remotePort()).toList(),
        !clusterLives,
        certificates.apply(node.number()));
  }

  /**
   * Only who sees no cluster founds one: a restarted first node that could found would sooner or
   * later make a second cluster. The supervisor knows who lives; no node has to guess.
   */
  static List<Integer> seeds(int number, List<Integer> others, boolean clusterLives) {
    return clusterLives ? others : List.of(number);
  }

  /**
   * Does what a request says: {@code kill|pause|resume|stop|start N}, {@code kill N stay-down},
   * {@code add}.
   *
   * @return what was done, for a person
   * @throws StartException if it cannot be done now, or is no request
   */
  String request(String line) {
    List<String> words = List.of(line.strip().split(" ", -1));
    if (words.equals(List.of("add"))) {
      if (nodes.size() == NodeState.MOST) {
        throw new StartException("there are " + NodeState.MOST + " nodes already");
      }
      LocalStack.refuseTakenPorts(options, nodes.size() + 1);
      add();
      return "node " + nodes.size() + " starts";
    }
    if (words.size() < 2) {
      throw new StartException("not a request: " + line);
    }
    NodeProcess node = node(words.get(1));
    boolean stayDown = words.size() == 3 && words.get(2).equals("stay-down");
    NodeState.Phase phase = node.phase();
    boolean down = phase == NodeState.Phase.STOPPED;
    switch (words.get(0)) {
      case "kill" -> {
        need(!down, node, "killed");
        node.kill(stayDown);
        return "node " + node.number() + " killed" + (stayDown ? "; it stays down" : "");
      }
      case "pause" -> {
        need(phase == NodeState.Phase.READY || phase == NodeState.Phase.STARTING, node, "paused");
        node.pause();
        return "node " + node.number() + " paused";
      }
      case "resume" -> {
        need(phase == NodeState.Phase.PAUSED, node, "resumed");
        node.resume();
        return "node " + node.number() + " resumed";
      }
      case "stop" -> {
        need(!down && phase != NodeState.Phase.STOPPING, node, "stopped");
        node.stop();
        return "node " + node.number() + " stops";
      }
      case "start" -> {
        need(down, node, "started");
        node.want();
        return "node " + node.number() + " starts";
      }
      default -> throw new StartException("not a request: " + line);
    }
  }

  private NodeProcess node(String number) {
    return nodes.stream()
        .filter(node -> Integer.toString(node.number()).equals(number))
        .findFirst()
        .orElseThrow(
            () ->
                new StartException(
                    "there is no node " + number + "; there are 1 to " + nodes.size()));
  }

  private static void need(boolean possible, NodeProcess node, String participle) {
    if (!possible) {
      throw new StartException(
          "node " + node.number() + " is " + node.phase() + " and cannot be " + participle);
    }
  }

  /** All at once; there is nobody to hand over to. */
  void close() {
    nodes.forEach(
        node -> {
          if (node.state().pid() >= 0 && node.phase() != NodeState.Phase.STOPPING) {
            node.stop();
          }
        });
    nodes.forEach(NodeProcess::close);
  }
}
