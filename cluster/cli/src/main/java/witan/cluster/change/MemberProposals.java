package witan.cluster.change;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.domain.common.Address;
import witan.domain.governance.SignatureRefused;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryChange.Balance;
import witan.domain.registry.Seat;
import witan.domain.stake.Shift;
import witan.signing.Addresses;

/** {@code witan propose member}: who is in the council, and with what weight. */
@Command(
    name = "member",
    mixinStandardHelpOptions = true,
    description = {
      "Who is in the council, and with what weight.",
      "Role and organisation of a member never change: remove it, and when that is done admit it"
          + " anew, with a new key. Whoever has its key still changes it without a vote: 'witan key"
          + " rotate'."
    },
    subcommands = {
      MemberProposals.Admit.class,
      MemberProposals.Remove.class,
      MemberProposals.Tokens.class,
      MemberProposals.Grant.class,
      MemberProposals.ReplaceKey.class,
      MemberProposals.Duty.class
    })
final class MemberProposals implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "What of members? admit, remove, tokens, grant, key or duty");
  }

  /** {@code witan propose member admit}. */
  @Command(
      name = "admit",
      mixinStandardHelpOptions = true,
      description = "A new member, with new tokens; it votes on cases of later.")
  static final class Admit implements Callable<Integer> {
    @Mixin Proposing proposing = new Proposing();
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "that nobody in the council has")
    String name = "";

    @Option(names = "--organisation", required = true, description = "that it stands for")
    String organisation = "";

    @Option(
        names = "--role",
        required = true,
        description = "operator, analyst, legal, or automation, which never votes")
    String role = "";

    @Option(
        names = "--address",
        required = true,
        description = "of its key, as 'witan key show' prints it; never a member's before")
    String address = "";

    @Option(names = "--tokens", required = true, description = "its weight")
    String tokens = "";

    @Override
    public Integer call() throws Exception {
      Seat seat = new Seat(name, organisation, role, address(address), Amounts.tokens(tokens));
      return proposing.change(spec, council -> new RegistryChange.AdmitMembers(List.of(seat)));
    }
  }

  /** {@code witan propose member remove}. */
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "They leave at once; their tokens go to the treasury.")
  static final class Remove implements Callable<Integer> {
    @Mixin Proposing proposing = new Proposing();
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "MEMBER", description = "names or addresses")
    List<String> members = List.of();

    @Override
    public Integer call() throws Exception {
      return proposing.change(
          spec,
          council ->
              new RegistryChange.RemoveMembers(
                  members.stream().map(m -> Proposing.name(council, m)).toList()));
    }
  }

  /** {@code witan propose member tokens}. */
  @Command(
      name = "tokens",
      mixinStandardHelpOptions = true,
      description = "How many free tokens they have then: tokens are made or unmade.")
  static final class Tokens implements Callable<Integer> {
    @Mixin Proposing proposing = new Proposing();
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "MEMBER=TOKENS")
    Map<String, String> balances = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
      return proposing.change(
          spec, council -> new RegistryChange.ChangeTokens(balances(council, balances)));
    }
  }

  /** {@code witan propose member grant}. */
  @Command(
      name = "grant",
      mixinStandardHelpOptions = true,
      description = "Tokens of the treasury, in addition to what they have.")
  static final class Grant implements Callable<Integer> {
    @Mixin Proposing proposing = new Proposing();
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "MEMBER=TOKENS")
    Map<String, String> grants = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
      return proposing.change(
          spec, council -> new RegistryChange.GrantTokens(balances(council, grants)));
    }
  }

  /** {@code witan propose member key}. */
  @Command(
      name = "key",
      mixinStandardHelpOptions = true,
      description = "Another key for a member that lost its own, or revoked it.")
  static final class ReplaceKey implements Callable<Integer> {
    @Mixin Proposing proposing = new Proposing();
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "MEMBER")
    String member = "";

    @Parameters(index = "1", paramLabel = "ADDRESS", description = "never a member's before")
    String address = "";

    @Override
    public Integer call() throws Exception {
      Address fresh = address(address);
      return proposing.change(
          spec, council -> new RegistryChange.ReplaceKey(Proposing.name(council, member), fresh));
    }
  }

  /** {@code witan propose member duty}. */
  @Command(
      name = "duty",
      mixinStandardHelpOptions = true,
      description = "Puts members on duty: who is loses tokens by missing an urgent vote.")
  static final class Duty implements Callable<Integer> {
    @Mixin Proposing proposing = new Proposing();
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "MEMBER")
    List<String> members = List.of();

    @Option(names = "--from", defaultValue = "0", description = "a time, or how long from now")
    String from = "0";

    @Option(names = "--until", required = true, description = "a time, or how long from now")
    String until = "";

    @Override
    public Integer call() throws Exception {
      Instant now = Instant.now();
      Shift shift = new Shift(Amounts.time(from, now), Amounts.time(until, now));
      return proposing.change(
          spec,
          council ->
              new RegistryChange.AssignDuty(
                  members.stream()
                      .map(m -> new RegistryChange.Duty(Proposing.name(council, m), shift))
                      .toList()));
    }
  }

  private static List<Balance> balances(CouncilNow council, Map<String, String> amounts) {
    List<Balance> balances = new ArrayList<>();
    amounts.forEach(
        (member, tokens) -> {
          BigInteger amount = Amounts.tokens(tokens);
          balances.add(new Balance(Proposing.name(council, member), amount));
        });
    return balances;
  }

  private static Address address(String text) {
    try {
      return Addresses.read(text);
    } catch (SignatureRefused e) {
      throw new StartException("'" + text + "' is no address: 0x and 40 hexadecimal digits");
    }
  }
}
