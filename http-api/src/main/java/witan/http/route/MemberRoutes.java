package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
        Endpoint.get(
            "/v1/members", Access.readers(), Set.of("after", "limit"), call -> list(call, false)),
        Endpoint.get(
            "/v1/delegations",
            Access.readers(),
            Set.of("after", "limit"),
            call -> list(call, true)),
        Endpoint.get("/v1/stakes", Access.readers(), Set.of(), this::stakes),
        Endpoint.get("/v1/electorates/{digest}", Access.readers(), Set.of(), this::electorate));
  }

  /** Pages by handle: cheap to go on with, and stable while members come and go. */
  private CompletionStage<HttpResponse> list(Call call, boolean delegations) {
    String after = call.query().text("after").orElse("");
    int limit = call.query().number("limit", 1, MAX_PAGE).orElse(MAX_PAGE).intValue();
    return CouncilRoutes.current(services)
        .thenApply(
            founded -> {
              RegistryState state = founded.state();
              Predicate<Member> listed = m -> !delegations || m.delegated() != null;
              TreeMap<String, Member> rest = new TreeMap<>();
              state.members().values().stream()
                  .filter(m -> m.handle().compareTo(after) > 0 && listed.test(m))
                  .forEach(m -> rest.put(m.handle(), m));
              List<Member> page = rest.values().stream().limit(limit).toList();
              List<Map<String, Object>> items = new ArrayList<>();
              page.forEach(m -> items.add(delegations ? delegation(state, m) : member(m)));
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("items", items);
              json.put("after", rest.size() > limit ? page.get(limit - 1).handle() : null);
              json.put("registrySeq", state.seq());
              return Replies.json(200, json);
            });
  }

  private Map<String, Object> member(Member member) {
    Reputation reputation = member.reputation().at(clock.instant());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("member", member.handle());
    json.put("organisation", member.organisation());
    json.put("role", member.role());
    json.put("address", hex(member.address()));
    json.put("tokens", member.tokens().toString());
    json.put("bonded", member.bonded().toString());
    json.put("points", reputation.points());
    json.put("tier", reputation.tier().name());
    json.put("shifts", member.shifts());
    return json;
  }

  private static Map<String, Object> delegation(RegistryState state, Member member) {
    Map<String, Object> json = new LinkedHashMap<>();
    Member.Delegated delegated = member.delegated();
    if (delegated != null) {
      Member delegate = state.members().get(delegated.delegate());
      boolean there = delegate != null && delegate.since() == delegated.delegateSince();
      List<String> urgencies = new ArrayList<>();
      for (Urgency urgency : Urgency.values()) {
        if (delegated.covers(urgency)) {
          urgencies.add(urgency.name());
        }
      }
      json.put("delegator", member.handle());
      json.put("delegatorAddress", hex(member.address()));
      json.put("delegate", delegated.delegate());
      json.put("delegateAddress", there && delegate != null ? hex(delegate.address()) : null);
      json.put("urgencies", urgencies);
      json.put("expiry", delegated.expiry());
      json.put("nonce", delegated.nonce());
    }
    return json;
  }

  private static @Nullable String hex(@Nullable Address address) {
    return address == null ? null : address.hex();
  }

  private CompletionStage<HttpResponse> stakes(Call call) {
    return CouncilRoutes.current(services)
        .thenApply(
            founded -> {
              Ledger ledger = founded.state().ledger();
              TreeMap<String, Bond> bonds = new TreeMap<>();
              ledger.bonds().forEach((caseId, bond) -> bonds.put(caseId.value(), bond));
              List<Map<String, Object>> lines = new ArrayList<>();
              bonds.entrySet().stream()
                  .limit(MAX_PAGE)
                  .forEach(
                      e -> {
                        Map<String, Object> line = new LinkedHashMap<>();
                        line.put("caseId", e.getKey());
                        line.put("member", e.getValue().member());
                        line.put("amount", e.getValue().amount().toString());
                        lines.add(line);
                      });
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("supply", ledger.supply().toString());
              json.put("treasury", ledger.treasury().toString());
              json.put("profile", ledger.profile());
              json.put("bonds", lines);
              json.put("openBonds", bonds.size());
              json.put("registrySeq", founded.state().seq());
              return Replies.json(200, json);
            });
  }

  private CompletionStage<HttpResponse> electorate(Call call) {
    Digest digest;
    try {
      digest = new Digest(call.segment("digest"));
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

  private static Map<String, Object> json(Digest digest, Electorate electorate) {
    Concentration concentration = Concentration.of(electorate);
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("giniMembers", ratio(concentration.members()));
    shown.put("giniOrganisations", ratio(concentration.organisations()));
    shown.put("nakamoto", concentration.nakamoto());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("digest", digest);
    json.put("total", electorate.total().toString());
    json.put("members", electorate.electors().size());
    json.put("concentration", shown);
    json.put("electorate", electorate);
    return json;
  }

  private static Map<String, Object> ratio(Concentration.Ratio ratio) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("numerator", ratio.numerator().toString());
    json.put("denominator", ratio.denominator().toString());
    return json;
  }
}
