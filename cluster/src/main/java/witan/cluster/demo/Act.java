package witan.cluster.demo;

import java.util.List;

/** The story is played once per assurance. */
enum Act {
  IMMEDIATE(
      "falco-immediate.json",
      "Critical",
      "aws-eu",
      "executed at once, anchored afterwards",
      "ana FOR, chen FOR, bo AGAINST, eli FOR"),
  ANCHORED(
      "falco-anchored.json",
      "Notice",
      "gcp-us",
      "executed only when the decision is confirmed on the chain",
      "fay FOR, ana FOR, gil ABSTAIN, chen FOR");

  private final String sample;
  private final String priority;
  private final String cluster;
  private final String meaning;
  private final String votes;

  Act(String sample, String priority, String cluster, String meaning, String votes) {
    this.sample = sample;
    this.priority = priority;
    this.cluster = cluster;
    this.meaning = meaning;
    this.votes = votes;
  }

  /** Name of the built-in alert. */
  String sample() {
    return sample;
  }

  /** Falco's: the charter's policies are chosen by severity. */
  String priority() {
    return priority;
  }

  /** The cluster that the sensor watches. */
  String cluster() {
    return cluster;
  }

  String meaning() {
    return meaning;
  }

  /** In the order they are cast: member and support. The last one decides. */
  List<String> votes() {
    return List.of(votes.split(", ", -1));
  }
}
