package witan.cluster.node;

import java.util.function.UnaryOperator;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.service.Correlations;
import witan.chain.anchor.AnchorChain;

/**
 * What may be put around a node's hands. Tests stop a node at a chosen point this way, which a real
 * cluster or chain cannot do on demand.
 */
record Fittings(
    UnaryOperator<ClusterActions> actions,
    UnaryOperator<AnchorChain> chain,
    UnaryOperator<Correlations> correlations) {
  static final Fittings NONE =
      new Fittings(UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());
}
