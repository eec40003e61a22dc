package witan.cluster.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.SignedBy;
import witan.domain.governance.Urgency;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.Charter;
import witan.domain.registry.Guardians;
import witan.domain.registry.Member;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryState;
import witan.domain.registry.Seat;
import witan.domain.registry.SignedDelegation;
import witan.domain.registry.SignedRotation;
import witan.signing.BallotSignatures;
import witan.signing.MemberKey;
import witan.signing.StatementSignatures;

/** A council behind the API's paths, with the real rules and the real signatures. */
final class FoundedCouncil implements AutoCloseable {
  static final ObjectNode PLAYBOOK =
      JsonNodeFactory.instance.objectNode().put("name", "Isolate workload").put("impact", 20);

  static {
    PLAYBOOK.putObject("playbook_variables").putObject("__case_id__").put("external", true);
  }

  static final MemberKey ANA = MemberKey.read("4c".repeat(32));
  static final MemberKey BO = MemberKey.read("4d".repeat(32));
  static final Eip712Domain DOMAIN =
      new Eip712Domain("Witan", "1", 1337, new Address("0x" + "cc".repeat(20)));

  private static final JcsContentHasher HASHER = new JcsContentHasher();
  private static final RegistryAggregate RULES =
      new RegistryAggregate(HASHER, new StatementSignatures());

  /** The last proposal that was taken. */
  final AtomicReference<@Nullable SignedDraft> proposed = new AtomicReference<>();

  /** That it offers next, to whoever asks. */
  final AtomicLong nonce = new AtomicLong();

  /** How often it still shows a charter that is not its own. */
  final AtomicInteger lies = new AtomicInteger();

  volatile RegistryState state = founded();
  private final HttpServer server;

  FoundedCouncil() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private static RegistryState founded() {
    Charter charter =
        new Charter(
            "acme-council",
            "a council",
            DOMAIN,
            List.of(
                seat("ana", "acme", "operator", ANA.address(), 200),
                seat("bo", "beta", "analyst", BO.address(), 100),
                seat("gil", "acme", "legal", new Address("0x" + "c1".repeat(20)), 50),
                seat("robot", "acme", "automation", new Address("0x" + "ee".repeat(20)), 50)),
            CouncilSamples.council().policies(),
            null,
            Guardians.of(List.of("ana")));
    return RULES.apply(
        RULES.empty(),
        new RegistryEvent.CouncilFounded(
            charter,
            HASHER.charter(charter),
            List.of(),
            null,
            Instant.parse("2026-11-01T00:00:00.000Z")));
  }

  private static Seat seat(
      String name, String organisation, String role, Address address, long tokens) {
    return new Seat(name, organisation, role, address, BigInteger.valueOf(tokens));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Applies a change, as if it had been decided. */
  void apply(RegistryChange change) {
    state =
        RULES.apply(
            state,
            new RegistryEvent.ChangeApplied(
                new CaseId("p-1"), Digest.ZERO, change, Instant.parse("2026-11-02T00:00:00.000Z")));
  }

  Digest charterHash() {
    return HASHER.charter(state.charter());
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] request = exchange.getRequestBody().readAllBytes();
    ObjectNode body = Json.mapper().createObjectNode();
    Optional<Refusal> refusal =
        exchange.getRequestMethod().equals("POST")
            ? post(exchange.getRequestURI().getPath(), request)
            : get(exchange.getRequestURI().getPath(), body);
    int status = exchange.getRequestMethod().equals("POST") ? 201 : 200;
    if (refusal.isPresent()) {
      status = status == 201 ? 422 : 404;
      body.put("code", refusal.get().code()).put("detail", refusal.get().message());
      body.put("hint", refusal.get().hint());
    } else if (status == 201) {
      body.put("index", 41).put("checkpoint", "witan.test/log\n42\nroot\n");
    }
    byte[] bytes = Json.canonical(body);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Optional<Refusal> post(String path, byte[] request) {
    if (path.equals("/v1/delegations")) {
      return decide(new RegistryCommand.Delegate(Json.read(SignedDelegation.class, request)));
    } else if (path.equals("/v1/keys")) {
      return decide(new RegistryCommand.RotateKey(Json.read(SignedRotation.class, request)));
    }
    SignedDraft signed = Json.read(SignedDraft.class, request);
    Draft draft = signed.draft();
    RegistryChange change = draft.change();
    Optional<Refusal> refusal =
        DraftRules.problem(signed)
            .or(
                () ->
                    SignedBy.problem(
                        signed.proposer(),
                        () -> new BallotSignatures().recover(DOMAIN, signed, HASHER.draft(draft))))
            .or(
                () ->
                    change == null
                        ? Optional.empty()
                        : RegistryAggregate.problem(state, change, Instant.now()));
    if (refusal.isEmpty()) {
      proposed.set(signed);
    }
    return refusal;
  }

  private Optional<Refusal> decide(RegistryCommand command) {
    Decision<RegistryEvent> decision = RULES.decide(state, command, Instant.now());
    if (decision instanceof Decision.Refused<RegistryEvent> refused) {
      return Optional.of(refused.refusal());
    }
    for (RegistryEvent event : ((Decision.Accepted<RegistryEvent>) decision).events()) {
      state = RULES.apply(state, event);
    }
    return Optional.empty();
  }

  private Optional<Refusal> get(String path, ObjectNode body) {
    switch (path) {
      case "/v1/council" -> council(body);
      case "/v1/policies" -> policies(body);
      case "/v1/policies/choice" -> body.set("policy", Json.node(state.policies().get(0)));
      case "/v1/members" ->
          new TreeMap<>(state.members())
              .values()
              .forEach(member -> body.withArray("items").add(line(member)));
      case "/v1/delegations" -> delegations(body);
      case "/v1/delegations/typed-data" ->
          body.putObject("delegation").put("nonce", nonce.getAndIncrement());
      case "/v1/keys/typed-data" ->
          body.putObject("rotation").put("nonce", nonce.getAndIncrement());
      case "/v1/guardians" -> guardians(body);
      case "/v1/sensors" -> {
        body.putArray("sensors");
        state.sensors().forEach(key -> body.withArray("sensors").add(Json.node(key)));
      }
      case "/v1/stakes" -> {
        body.put("treasury", state.ledger().treasury().toString());
        body.set("profile", Json.node(state.ledger().profile()));
      }
      case "/v1/playbooks/isolate-workload" -> body.setAll(PLAYBOOK);
      case "/v1/cases/c-17" -> {
        body.put("title", "a shell in a pod");
        ObjectNode alert = body.withArray("alerts").addObject();
        alert.put("rawDigest", "12".repeat(32));
        alert
            .putObject("resource")
            .put("kind", "POD")
            .put("cluster", "aws-eu")
            .put("namespace", "shop")
            .put("name", "cart-1");
        body.withArray("alerts").addObject().put("rawDigest", "34".repeat(32));
      }
      default -> {
        return Optional.of(new Refusal("case_not_found", "nothing at " + path, "look elsewhere"));
      }
    }
    return Optional.empty();
  }

  private void council(ObjectNode body) {
    Charter charter = state.charter();
    ObjectNode shown = body.putObject("charter");
    shown.setAll((ObjectNode) Json.node(charter));
    if (lies.getAndDecrement() > 0) {
      shown.put("name", "another council");
    }
    policies(body);
  }

  private void policies(ObjectNode body) {
    for (Policy policy : state.policies()) {
      ObjectNode line = body.withArray("policies").addObject();
      line.put("digest", HASHER.policy(policy).hex()).set("policy", Json.node(policy));
    }
    PolicyTable table = state.table();
    body.set("table", table == null ? Json.mapper().nullNode() : Json.node(table));
  }

  private JsonNode line(Member member) {
    ObjectNode line = Json.mapper().createObjectNode();
    line.put("member", member.handle()).put("organisation", member.organisation());
    line.put("role", member.role());
    line.put("address", member.address() == null ? null : member.address().hex());
    line.put("tokens", member.tokens().toString()).put("bonded", member.bonded().toString());
    line.putArray("formerKeys");
    state
        .keys()
        .forEach(
            (address, key) -> {
              if (!key.active() && key.member().equals(member.handle())) {
                line.withArray("formerKeys").add(address.hex());
              }
            });
    return line;
  }

  private void delegations(ObjectNode body) {
    body.putArray("items");
    for (Member member : new TreeMap<>(state.members()).values()) {
      Member.Delegated to = member.delegated();
      if (to != null) {
        ObjectNode line = body.withArray("items").addObject();
        line.put("delegator", member.handle()).put("delegate", to.delegate());
        line.put("delegateAddress", state.members().get(to.delegate()).address().hex());
        line.put("expiry", to.expiry()).putArray("urgencies");
        for (Urgency urgency : Urgency.values()) {
          if (to.covers(urgency)) {
            line.withArray("urgencies").add(urgency.name());
          }
        }
      }
    }
  }

  private void guardians(ObjectNode body) {
    Guardians guardians = state.vetoes().guardians();
    body.putArray("guardians");
    guardians.members().forEach(m -> body.withArray("guardians").addObject().put("member", m));
    body.put("perGuardian", guardians.perGuardian()).put("perCouncil", guardians.perCouncil());
    body.put("guardianWindow", guardians.guardianWindow().toString());
    body.put("councilWindow", guardians.councilWindow().toString());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
