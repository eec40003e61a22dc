/**
 * Anchoring of the log's checkpoints in a contract. {@link witan.chain.anchor.Anchorer} decides the
 * next step from a journal, the log and the chain; {@link witan.chain.anchor.Web3jAnchorChain}
 * talks to a node. Everything blocks, within the time-outs of {@link
 * witan.chain.anchor.ChainSettings}: call it from a dispatcher made for that.
 */
@NullMarked
package witan.chain.anchor;

import org.jspecify.annotations.NullMarked;
