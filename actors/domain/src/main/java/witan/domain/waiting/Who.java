package witan.domain.waiting;

import witan.domain.playbook.PlaybookStep;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.ProposalKind;

/** Who must act for a case to go on: never a person by name. */
public final class Who {
  public static final String MEMBERS = "members";
  public static final String OPERATOR = "operator";

  /** The chain that is anchored to, and who runs the anchoring. */
  public static final String CHAIN = "chain";

  /** The nodes that write and publish the log. */
  public static final String LOG = "log";

  public static final String EXECUTOR = "executor";

  /** The nodes on which cases and registry live. */
  public static final String COUNCIL = "council";

  /** Time alone. */
  public static final String NOBODY = "nobody";

  private Who() {}

  public static String cluster(String name) {
    return "cluster " + name;
  }

  /** What a step is done to. */
  public static String target(CaseEvent.StepIntended intent, ProposalKind kind) {
    if (kind != ProposalKind.INCIDENT) {
      return COUNCIL;
    }
    return switch (intent.action()) {
      case PlaybookStep.MANUAL -> EXECUTOR;
      case PlaybookStep.HTTP -> connection(String.valueOf(intent.parameters().get("connection")));
      default -> cluster(intent.target().cluster());
    };
  }

  /** Of what an {@code http-api} step calls. */
  public static String connection(String name) {
    return "connection " + name;
  }
}
