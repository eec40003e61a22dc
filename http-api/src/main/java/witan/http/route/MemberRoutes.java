package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import witan.answers.council.DelegationsAnswer;
import witan.answers.council.DelegationsAnswer.DelegationLine;
import witan.answers.council.MembersAnswer;
import witan.answers.council.MembersAnswer.MemberLine;
import witan.answers.council.SnapshotAnswer;
import witan.answers.council.SnapshotAnswer.ConcentrationLine;
import witan.answers.council.SnapshotAnswer.Ratio;
import witan.answers.council.StakesAnswer;
import witan.answers.council.StakesAnswer.BondLine;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Concentration;
import witan.domain.governance.Electorate;
import witan.domain.governance.Urgency;
import witan.domain.registry.Member;
import witan.domain.registry.RegistryState;
import witan.domain.reputation.Reputation;
import witan.domain.stake.Bond;
import witan.domain.stake.Ledger;
import witan.http.Services;
import witan.http.error.Code;
import witan.http.error.Problem;

/** Who is in the council, who delegated to whom, and the snapshots that votes are counted by. */
public final class MemberRoutes {
  private static final long MAX_PAGE = 500;

  private final Services services;
  private final InstantSource clock;

  public MemberRoutes(Services services, InstantSource clock) {
    this.services = services;
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/members", Access.readers(), Set.of("after", "limit"), this::members),
        Endpoint.get(
            "/v1/delegations", Access.readers(), Set.of("after", "limit"), this::delegations),
        Endpoint.get("/v1/stakes", Access.readers(), Set.of(), this::stakes),
        Endpoint.get("/v1/electorates/{digest}", Access.readers(), Set.of(), this::electorate));
  }

  private CompletionStage<HttpResponse> members(Call call) {
    return page(
        call,
        member -> true,
        (state, page) -> {
          Map<String, List<Address>> former = FormerKeys.byMember(state);
          return new MembersAnswer(
              page.members().stream()
                  .map(m -> member(m, former.getOrDefault(m.handle(), List.of())))
                  .toList(),
              page.after(),
              state.seq());
        });
  }

  private CompletionStage<HttpResponse> delegations(Call call) {
    return page(
        call,
        member -> member.delegated() != null,
        (state, page) ->
            new DelegationsAnswer(
                page.members().stream().map(member -> delegation(state, member)).toList(),
                page.after(),
                state.seq()));
  }

  /** Some members, and after whom the next page begins; null on the last. */
  private record Slice(List<Member> members, @Nullable String after) {}

  /** Pages by handle: cheap to go on with, and stable while members come and go. */
  private CompletionStage<HttpResponse> page(
      Call call, Predicate<Member> listed, BiFunction<RegistryState, Slice, Object> answer) {
    String after = call.query().text("after").orElse("");
    int limit = call.query().number("limit", 1, MAX_PAGE).orElse(MAX_PAGE).intValue();
    return CouncilRoutes.current(services)
        .thenApply(
            founded -> {
              RegistryState state = founded.state();
              TreeMap<String, Member> rest = new TreeMap<>();
              state.members().values().stream()
                  .filter(m -> m.handle().compareTo(after) > 0 && listed.test(m))
                  .forEach(m -> rest.put(m.handle(), m));
              List<Member> page = rest.values().stream().limit(limit).toList();
              String next = rest.size() > limit ? page.get(limit - 1).handle() : null;
              return Replies.json(200, answer.apply(state, new Slice(page, next)));
            });
  }

  private MemberLine member(Member member, List<Address> formerKeys) {
    Reputation reputation = member.reputation().at(clock.instant());
    return new MemberLine(
        member.handle(),
        member.organisation(),
        member.role(),
        member.address(),
        member.tokens(),
        member.bonded(),
        reputation.points(),
        reputation.tier(),
        member.shifts(),
        formerKeys);
  }

  private static DelegationLine delegation(RegistryState state, Member member) {
    Member.Delegated delegated = Objects.requireNonNull(member.delegated());
    Member delegate = state.members().get(delegated.delegate());
    boolean there = delegate != null && delegate.since() == delegated.delegateSince();
    return new DelegationLine(
        member.handle(),
        member.address(),
        delegated.delegate(),
        there && delegate != null ? delegate.address() : null,
        Arrays.stream(Urgency.values()).filter(delegated::covers).toList(),
        delegated.expiry(),
        delegated.nonce());
  }

  private CompletionStage<HttpResponse> stakes(Call call) {
    return CouncilRoutes.current(services)
        .thenApply(
            founded -> {
              Ledger ledger = founded.state().ledger();
              TreeMap<String, Bond> bonds = new TreeMap<>();
              ledger.bonds().forEach((caseId, bond) -> bonds.put(caseId.value(), bond));
              return Replies.json(
                  200,
                  new StakesAnswer(
                      ledger.supply(),
                      ledger.treasury(),
                      ledger.profile(),
                      bonds.entrySet().stream()
                          .limit(MAX_PAGE)
                          .map(
                              e ->
                                  new BondLine(
                                      e.getKey(), e.getValue().member(), e.getValue().amount()))
                          .toList(),
                      bonds.size(),
                      founded.state().seq()));
            });
  }

  private CompletionStage<HttpResponse> electorate(Call call) {
    Digest digest;
    try {
      digest = Digest.read(call.segment("digest"));
    } catch (IllegalArgumentException e) {
      throw noSuchElectorate();
    }
    return services
        .councils()
        .electorate(digest)
        .thenApply(
            found ->
                Replies.json(200, json(digest, found.orElseThrow(MemberRoutes::noSuchElectorate))));
  }

  private static Problem noSuchElectorate() {
    return Problem.of(
        Code.ELECTORATE_NOT_FOUND,
        "No vote was opened with a snapshot of that digest.",
        "Take snapshotDigest from a proposal's content.");
  }

  private static SnapshotAnswer json(Digest digest, Electorate electorate) {
    Concentration concentration = Concentration.of(electorate);
    return new SnapshotAnswer(
        digest,
        electorate.total(),
        electorate.electors().size(),
        new ConcentrationLine(
            ratio(concentration.members()),
            ratio(concentration.organisations()),
            concentration.nakamoto()),
        electorate);
  }

  private static Ratio ratio(Concentration.Ratio ratio) {
    return new Ratio(ratio.numerator(), ratio.denominator());
  }
}
