package witan.domain.proposal;

import java.time.Duration;
import java.time.Instant;
import witan.domain.registry.LogPlace;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryState;

/**
 * How the registry is found that a case stands on. Chosen for a case by the version of the entry
 * that opened its vote; decision 0128, "Snapshot".
 */
public enum SnapshotRule {
  /**
   * Of cases whose vote an entry of version 1 opened, read only any more: by the time that a node
   * wrote for the first alert, or for the proposal.
   */
  BY_TIME {
    @Override
    public RegistryState rights(RegistryHistory history, LogPlace place) {
      return history.at(place.at());
    }

    @Override
    public RegistryState weights(RegistryHistory history, LogPlace place, Duration holding) {
      return history.at(place.at().minus(holding));
    }

    @Override
    public Instant valued(LogPlace place, Duration holding) {
      return place.at().minus(holding);
    }
  },
  /** By the order of the log: no time that one node writes can bring a registry back. */
  BY_LOG {
    @Override
    public RegistryState rights(RegistryHistory history, LogPlace place) {
      return history.before(place.index());
    }

    @Override
    public RegistryState weights(RegistryHistory history, LogPlace place, Duration holding) {
      return history.heldBefore(place, holding);
    }

    @Override
    public Instant valued(LogPlace place, Duration holding) {
      return place.at();
    }
  };

  /** The first version of entries that is judged {@link #BY_LOG}. */
  private static final int BY_LOG_SINCE = 2;

  /**
   * The rule of a case.
   *
   * @param version of the entry that opened its vote
   */
  public static SnapshotRule of(int version) {
    return version < BY_LOG_SINCE ? BY_TIME : BY_LOG;
  }

  /** Who could do what, and which policies were in force, when that entry was logged. */
  public abstract RegistryState rights(RegistryHistory history, LogPlace place);

  /** Who held what for as long as that before the entry was logged. */
  public abstract RegistryState weights(RegistryHistory history, LogPlace place, Duration holding);

  /** The time of which reputation is reckoned. */
  abstract Instant valued(LogPlace place, Duration holding);

  /**
   * Whether a case under this rule may still order effects, once its log has an entry of version 2:
   * such a case has to be decided again. What it has done is taken back all the same.
   */
  public boolean givesOrders() {
    return this == BY_LOG;
  }
}
