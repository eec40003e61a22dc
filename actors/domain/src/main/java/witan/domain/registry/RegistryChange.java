package witan.domain.registry;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.stake.Shift;
import witan.domain.stake.StakeProfile;

/**
 * A change of membership or rules, as data: what a governed proposal asks for and, once it is
 * decided, what is applied. Each list has 1 to {@link RegistryLimits#MAX_SEATS} lines.
 */
public sealed interface RegistryChange {

  /** New members, with new tokens. No handle that is there, no address that ever was anybody's. */
  record AdmitMembers(List<Seat> seats) implements RegistryChange {
    public AdmitMembers {
      seats = List.copyOf(seats);
    }
  }

  /** Their free tokens go to the treasury, and their bonds when they are settled. */
  record RemoveMembers(List<String> members) implements RegistryChange {
    public RemoveMembers {
      members = List.copyOf(members);
    }
  }

  /** Makes or unmakes tokens, so that the members hold these free balances. */
  record ChangeTokens(List<Balance> balances) implements RegistryChange {
    public ChangeTokens {
      balances = List.copyOf(balances);
    }
  }

  /** Gives tokens out of the treasury. */
  record GrantTokens(List<Balance> grants) implements RegistryChange {
    public GrantTokens {
      grants = List.copyOf(grants);
    }
  }

  /** For a key that was lost, stolen or revoked: the address must never have been anybody's. */
  record ReplaceKey(String member, Address address) implements RegistryChange {}

  /** Puts members on duty; shifts that are over are forgotten. */
  record AssignDuty(List<Duty> duties) implements RegistryChange {
    public AssignDuty {
      duties = List.copyOf(duties);
    }
  }

  /**
   * All policies, in place of all that were in force.
   *
   * @param table in place of the table that was in force; null keeps it, and then it has to fit
   */
  record AdoptPolicies(List<Policy> policies, @Nullable PolicyTable table)
      implements RegistryChange {
    public AdoptPolicies {
      policies = List.copyOf(policies);
    }

    /** Keeps the table. */
    public AdoptPolicies(List<Policy> policies) {
      this(policies, null);
    }
  }

  /** All guardians and their limits, in place of those that were in force. */
  record AppointGuardians(Guardians guardians) implements RegistryChange {}

  /**
   * Keys that sensors sign their alerts with from now on, and keys that are good no more. A case
   * that has begun keeps those that were in force then, but for its executors: they believe no key
   * that was taken away.
   */
  record RegisterSensors(List<SensorKey> added, List<SensorKey> removed) implements RegistryChange {
    public RegisterSensors {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }

  record AdoptStake(StakeProfile profile) implements RegistryChange {}

  /** Tokens of a member. */
  record Balance(String member, BigInteger tokens) {}

  /** A shift of a member. */
  record Duty(String member, Shift shift) {}
}
