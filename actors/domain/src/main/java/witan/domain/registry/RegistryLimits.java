package witan.domain.registry;

/**
 * How large a registry can get. A founding and a change are one entry of the log each, of at most
 * 128 KiB with all signatures: that is what {@link #MAX_SEATS} fits in; a council grows to {@link
 * #MAX_MEMBERS} by several changes.
 */
public final class RegistryLimits {
  /** Seats of a founding, and members in one change. */
  public static final int MAX_SEATS = 200;

  /** At one time. */
  public static final int MAX_MEMBERS = 10_000;

  /** Addresses that ever were a member's. */
  public static final int MAX_KEYS = 100_000;

  /** Governed changes of one council. */
  public static final int MAX_CHANGES = 100_000;

  /** Bonds that stand at one time. */
  public static final int MAX_BONDS = 10_000;

  /** Lines of one settlement or verdict; more go in parts. */
  public static final int MAX_LINES = 200;

  /** Keys of sensors that are in force at one time. */
  public static final int MAX_SENSOR_KEYS = 5_000;

  /** Shifts of one member that are not over. */
  public static final int MAX_SHIFTS = 16;

  private RegistryLimits() {}
}
