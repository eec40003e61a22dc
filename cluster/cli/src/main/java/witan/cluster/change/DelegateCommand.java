package witan.cluster.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import witan.cluster.CommandMaker;
import witan.cluster.StartException;
import witan.cluster.change.CouncilNow.Seated;
import witan.cluster.client.ApiClient;
import witan.cluster.client.CouncilOptions;
import witan.cluster.sign.Confirmation;
import witan.cluster.sign.Signing;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Policy;
import witan.domain.governance.Urgency;
import witan.domain.registry.Delegation;
import witan.domain.registry.SignedDelegation;
import witan.signing.TypedData;

/** {@code witan delegate}. */
@Command(
    name = "delegate",
    mixinStandardHelpOptions = true,
    description = {
      "Lets another member vote with your whole weight, or takes that back. It holds for cases that"
          + " are logged later, once it has stood for as long as their policy wants tokens to be held"
          + " ('policy show'). Whoever delegated and votes all the same votes by itself. What was"
          + " delegated to you is not passed on.",
      "'delegate list' shows all delegations.",
      "Exit codes: 0 logged; 1 the council refused; 2 it could not be tried; 3 you did not"
          + " confirm."
    })
public final class DelegateCommand implements Callable<Integer> {
  /** With what is below it. */
  public static final CommandMaker MAKER =
      CommandMaker.group(DelegateCommand::new, List.of(ListAll.class));

  private static final Duration LONGEST = Duration.ofDays(366);

  @Mixin SignerOptions signer = new SignerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--to", paramLabel = "MEMBER", description = "its name or address")
  @Nullable String to;

  @Option(names = "--back", description = "your delegation ends, and you vote by yourself")
  boolean back;

  @Option(
      names = "--for",
      split = ",",
      paramLabel = "URGENCY",
      description = "only for cases that are routine, elevated or urgent; default: for all")
  List<String> urgencies = List.of();

  @Option(
      names = "--until",
      defaultValue = "90d",
      description = "a time, or how long from now; at most 366d (default: 90d)")
  String until = "90d";

  @Override
  public Integer call() throws Exception {
    if (back == (to != null)) {
      throw new ParameterException(
          spec.commandLine(), "Give --to MEMBER or --back, or ask for 'delegate list'");
    }
    Set<Urgency> scope = scope();
    Instant now = Instant.now();
    Instant end = Amounts.time(until, now);
    if (!back && (!end.isAfter(now) || end.isAfter(now.plus(LONGEST)))) {
      throw new StartException("--until is in the future, and at most 366d from now");
    }
    Signing signing = signer.begin(spec);
    CouncilNow council = CouncilNow.read(signing.api(), signing.token());
    List<DelegationNow> all = DelegationNow.read(signing.api(), signing.token(), now);
    Seated self =
        council
            .member(signing.address().hex())
            .orElseThrow(
                () -> new StartException("no member votes with the key " + signing.address()));
    Address delegatee = back ? signing.address() : tell(signing, council, all, self, scope, end);
    if (back) {
      tellBack(signing.out(), all, self);
    }
    if (!signer.confirmed(signing, "Sign it?")) {
      return Confirmation.NOT_CONFIRMED;
    }
    Delegation delegation =
        new Delegation(
            signing.charter(),
            signing.address(),
            delegatee,
            digest(scope),
            nonce(signing, delegatee),
            end.getEpochSecond());
    String signature = signing.key().sign(TypedData.digest(signing.domain(), delegation));
    JsonNode receipt =
        signing
            .api()
            .post(
                "/v1/delegations",
                signing.token(),
                Json.canonical(new SignedDelegation(delegation, signature)));
    signing.out().println((back ? "Taken back: " : "Delegated: ") + Confirmation.receipt(receipt));
    return 0;
  }

  private Set<Urgency> scope() {
    Set<Urgency> scope = EnumSet.noneOf(Urgency.class);
    for (String one : urgencies) {
      try {
        scope.add(Urgency.valueOf(one.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new StartException("--for is routine, elevated or urgent, not '" + one + "'");
      }
    }
    return scope.isEmpty() ? EnumSet.allOf(Urgency.class) : scope;
  }

  /** Says what is delegated; to whom. */
  private Address tell(
      Signing signing,
      CouncilNow council,
      List<DelegationNow> all,
      Seated self,
      Set<Urgency> scope,
      Instant end) {
    String name = Proposing.name(council, String.valueOf(to));
    Seated delegate = council.member(name).orElseThrow();
    Address address = delegate.address();
    if (address == null) {
      throw new StartException(name + " has no key now, and cannot vote");
    }
    if (name.equals(self.name())) {
      throw new StartException("that is yourself: give --back to vote by yourself");
    }
    PrintWriter out = signing.out();
    out.printf("You, %s, delegate to %s of %s%n", self.name(), name, delegate.organisation());
    out.printf("  for %s%n", DelegationNow.words(List.copyOf(scope)));
    out.printf("  logged from now until %s%n", Words.time(end));
    Duration longest =
        council.policies().stream()
            .map(Policy::minimumHolding)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    if (!longest.isZero()) {
      out.printf(
          "  once it has stood for as long as the policy wants tokens held: up to %s%n",
          Words.duration(longest));
    }
    out.printf("  your weight: %s%n", share(self.power(), council));
    BigInteger carried =
        all.stream()
            .filter(d -> d.delegate().equals(name) && !d.delegator().equals(self.name()))
            .filter(d -> d.urgencies().stream().anyMatch(scope::contains))
            .map(d -> council.member(d.delegator()).map(Seated::power).orElse(BigInteger.ZERO))
            .reduce(self.power(), BigInteger::add);
    out.printf("  %s votes then with %s%n", name, share(delegate.power().add(carried), council));
    for (DelegationNow one : all) {
      if (one.delegator().equals(self.name())) {
        out.printf("  in place of your delegation to %s%n", one.delegate());
      } else if (one.delegate().equals(self.name())) {
        out.printf("  not passed on: what %s delegated to you%n", one.delegator());
      } else if (one.delegator().equals(name)) {
        out.printf(
            "  %s itself delegated to %s, who does not get your weight%n", name, one.delegate());
      }
    }
    return address;
  }

  private static void tellBack(PrintWriter out, List<DelegationNow> all, Seated self) {
    String was =
        all.stream()
            .filter(d -> d.delegator().equals(self.name()))
            .map(d -> "your delegation to " + d.delegate() + ", for " + words(d))
            .findFirst()
            .orElseThrow(() -> new StartException("you, " + self.name() + ", delegated to nobody"));
    out.printf("You, %s, take back %s.%n", self.name(), was);
    out.println("You vote by yourself on cases that are logged from now on.");
  }

  private static String words(DelegationNow d) {
    return DelegationNow.words(d.urgencies());
  }

  private static String share(BigInteger power, CouncilNow council) {
    return "%s tokens, %s of %s"
        .formatted(power, Words.percent(power, council.total()), council.total());
  }

  /** As it is signed: 0 for all, else a bit for each. */
  @SuppressWarnings("EnumOrdinal") // the order of Urgency is fixed: it is what is signed
  private static Digest digest(Set<Urgency> scope) {
    long bits = scope.stream().mapToLong(u -> 1L << u.ordinal()).sum();
    return scope.size() == Urgency.values().length
        ? Digest.ZERO
        : new Digest("0".repeat(48) + HexFormat.of().toHexDigits(bits));
  }

  /** Only the nonce is taken from the council: a wrong one is refused and harms nobody. */
  private static long nonce(Signing signing, Address delegatee) throws Exception {
    return signing
        .api()
        .get(
            "/v1/delegations/typed-data?delegator=%s&delegatee=%s"
                .formatted(signing.address(), delegatee),
            signing.token())
        .at("/delegation/nonce")
        .asLong();
  }

  /** {@code witan delegate list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Who delegated to whom, for which cases, and until when.")
  static final class ListAll implements Callable<Integer> {
    @Mixin CouncilOptions options = new CouncilOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "one JSON document, for programs")
    boolean json;

    @Override
    public Integer call() throws Exception {
      ApiClient api = options.api();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(
            Json.mapper().valueToTree(api.items("/v1/delegations", options.token())).toString());
        return 0;
      }
      List<DelegationNow> all = DelegationNow.read(api, options.token(), Instant.now());
      if (all.isEmpty()) {
        out.println("Nobody delegates.");
        return 0;
      }
      String line = "%-14s  %-14s  %-20s  %s%n";
      out.printf(line, "member", "delegates to", "until", "for");
      for (DelegationNow one : all) {
        out.printf(
            line,
            one.delegator(),
            one.delegate(),
            Words.time(one.until()),
            DelegationNow.words(one.urgencies()));
      }
      return 0;
    }
  }
}
