package witan.actors.anchor;

import com.typesafe.config.Config;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import witan.chain.anchor.ChainIdentity;
import witan.chain.anchor.ChainSettings;
import witan.chain.anchor.FeeMode;

/**
 * {@code witan.anchor} in {@code witan-anchor.conf}.
 *
 * @param interval at least one anchor so often, if the log has grown
 * @param nudgeDelay how long after the end of a case its anchor is begun, so that several share one
 * @param backoffMax longest pause while the chain is unreachable or in alarm
 * @param statusInterval how often the other nodes ask how far anchoring is
 * @param redeployOnNewChain development only: a wiped chain is adopted silently
 * @param adopt the chain and contract that the operator trusts at the first start; empty where
 *     adoption is a command
 */
public record AnchorSettings(
    boolean enabled,
    Duration interval,
    Duration nudgeDelay,
    Duration backoffMax,
    Duration statusInterval,
    boolean redeployOnNewChain,
    Optional<ChainIdentity> adopt,
    ChainSettings chain) {
  /** Where the blocking steps run. */
  public static final String DISPATCHER = "witan.anchor.dispatcher";

  public static AnchorSettings from(Config root) {
    Config config = root.getConfig("witan.anchor");
    String contract = config.getString("contract");
    ChainSettings chain =
        new ChainSettings(
            URI.create(config.getString("rpc")),
            config.getLong("chain-id"),
            config.getDuration("poll-interval"),
            config.getInt("confirmations"),
            config.getDuration("rpc-timeout"),
            feeMode(config));
    return new AnchorSettings(
        config.getBoolean("enabled"),
        config.getDuration("interval"),
        config.getDuration("nudge-delay"),
        config.getDuration("backoff-max"),
        config.getDuration("status-interval"),
        config.getBoolean("redeploy-on-new-chain"),
        contract.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new ChainIdentity(chain.chainId(), config.getString("genesis-hash"), contract)),
        chain);
  }

  private static FeeMode feeMode(Config config) {
    String mode = config.getString("fee-mode");
    return switch (mode) {
      case "free-london" -> new FeeMode.FreeLondon();
      case "legacy-zero" -> new FeeMode.LegacyZero();
      case "market" ->
          new FeeMode.Market(
              new BigInteger(config.getString("max-fee-per-gas-wei")),
              new BigInteger(config.getString("max-priority-fee-per-gas-wei")));
      default ->
          throw new IllegalArgumentException(
              "witan.anchor.fee-mode is free-london, legacy-zero or market, not " + mode);
    };
  }
}
