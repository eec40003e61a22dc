package witan.cluster.testing;

import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.ElectorateBuilder.anElectorate;
import static witan.domain.fixtures.OptionBuilder.anOption;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.answers.Answers;
import witan.codec.hash.Hashes;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.codec.playbook.ShippedPlaybooks;
import witan.domain.Fixtures;
import witan.domain.api.Anchors;
import witan.domain.api.LoggedCase;
import witan.domain.api.LoggedEvent;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.detection.Severity;
import witan.domain.fixtures.BallotBuilder;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Gravity;
import witan.domain.governance.OptionRadius;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.governance.TouchedObject;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.SignedVeto;
import witan.domain.registry.Veto;
import witan.domain.waiting.Waits;
import witan.http.json.CaseJson;
import witan.http.json.EventJson;
import witan.signing.MemberKey;

/**
 * A case as the domain's own rules let it go, in the words of a node's own answers. Five vote: ana
 * and bo of acme, cem and gil of globex, with 100 each, and dan of initech with 50; bo delegated to
 * ana.
 */
public final class Story {
  /** Ana's. */
  public static final String KEY = "4c".repeat(32);

  public static final Address ANA = MemberKey.read(KEY).address();
  public static final Address BO = Fixtures.address(0xb0);
  public static final Address CEM = Fixtures.address(0xce);
  public static final Address DAN = Fixtures.address(0xda);
  public static final Address GIL = Fixtures.address(0x61);

  private static final JcsContentHasher HASHER = new JcsContentHasher();

  public final CaseId caseId;
  public Instant now;
  private final List<CaseEvent> events = new ArrayList<>();
  private final List<Instant> times = new ArrayList<>();
  private final CaseAggregate rules;
  private final Electorate electorate;
  private CaseState state;
  private @Nullable BlastRadius radius;

  private Story(CaseId caseId, Instant start, Electorate electorate) {
    this.caseId = caseId;
    this.now = start;
    this.electorate = electorate;
    this.rules =
        new CaseAggregate(
            HASHER,
            digest -> digest.equals(HASHER.electorate(electorate)) ? electorate : null,
            new Fixtures.Signatures());
    this.state = rules.empty();
  }

  private static Electorate electorate(Gravity gravity) {
    return anElectorate()
        .urgency(gravity.urgency())
        .electors(
            elector(ANA, "ana", "acme", 100, null),
            elector(BO, "bo", "acme", 100, ANA),
            elector(CEM, "cem", "globex", 100, null),
            elector(GIL, "gil", "globex", 100, null),
            elector(DAN, "dan", "initech", 50, null))
        .build();
  }

  private static Elector elector(
      Address address, String name, String organisation, long weight, @Nullable Address delegate) {
    return new Elector(address, name, organisation, BigInteger.valueOf(weight), delegate);
  }

  /** Quorum 60 %, support 51 %, two organisations, two minutes, ballots may be replaced. */
  public static Policy policy(boolean replaceable) {
    return aPolicy()
        .named("paper")
        .quorum(6_000)
        .support(5_100)
        .window(Duration.ofMinutes(2))
        .lateQuorumExtension(Duration.ofSeconds(60))
        .minimumHolding(Duration.ofHours(24))
        .minimumApprovals(2)
        .replaceable(replaceable)
        .build();
  }

  private static Alert alert(int number, Instant at) {
    return anAlert()
        .sensor("falco-aws")
        .id("a" + number)
        .severity(number == 2 ? Severity.HIGH : Severity.MEDIUM)
        .title("Shell in a container of shop/web-7")
        .pod("aws-eu", "shop", "web-7")
        .at(at)
        .raw(HASHER.text("raw " + number))
        .build();
  }

  /** Three alerts of a pod, and a vote about isolating it or holding a network off. */
  public static Story pod(String caseId, Instant opened, Policy policy) {
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      alerts.add(alert(i, opened.minusSeconds(95 - 40L * i)));
    }
    List<ResponseOption> options = List.of(isolate(caseId), holdOff(caseId));
    Story story =
        new Story(new CaseId(caseId), opened, electorate(Gravity.ofIncident(alerts, options)));
    for (Alert alert : alerts) {
      story.does(new CaseCommand.RecordAlert(story.caseId, Fixtures.COUNCIL, alert, "{}"));
    }
    BlastRadius tried = story.tried();
    story.radius = tried;
    story.open(policy, options, digestOf(tried));
    return story;
  }

  private static Digest digestOf(BlastRadius radius) {
    return Digest.of(Hashes.sha256(Json.canonical(radius)));
  }

  /** A change of the council that ana proposes. */
  public static Story change(Instant opened, Policy policy, RegistryChange change) {
    Draft draft =
        new Draft(
            Fixtures.COUNCIL,
            DraftRules.kindOf(change),
            "Fewer have to vote at night",
            List.of(),
            List.of(),
            change);
    SignedDraft signed =
        new SignedDraft(
            draft,
            ANA,
            1,
            opened.getEpochSecond() + 60,
            Fixtures.signature(Fixtures.domain(), HASHER.draft(draft), ANA));
    CaseId caseId = DraftRules.caseId(signed, HASHER);
    Story story = new Story(caseId, opened, electorate(draft.gravity()));
    story.does(new CaseCommand.Propose(caseId, signed, Fixtures.domain()));
    story.open(policy, List.of(), null);
    return story;
  }

  private static ResponseOption isolate(String caseId) {
    ShippedPlaybooks.Shipped playbook = ShippedPlaybooks.isolateWorkload();
    return anOption()
        .titled(playbook.playbook().name())
        .playbook(playbook.digest())
        .impact(playbook.playbook().impact())
        .targets(new Target("aws-eu", "shop", "Pod", "web-7"))
        .parameters(Map.of("__case_id__", caseId))
        .build();
  }

  private static ResponseOption holdOff(String caseId) {
    ShippedPlaybooks.Shipped playbook =
        ShippedPlaybooks.all().stream()
            .filter(shipped -> shipped.name().equals("stop-ddos"))
            .findFirst()
            .orElseThrow();
    return anOption()
        .titled(playbook.playbook().name())
        .playbook(playbook.digest())
        .impact(playbook.playbook().impact())
        .targets(new Target("aws-eu", "shop", "Pod", "web-7"))
        .parameters(Map.of("__case_id__", caseId, "__source_cidrs__", "203.0.113.0/24"))
        .build();
  }

  private BlastRadius tried() {
    String pods = "/api/v1/namespaces/shop/pods/web-7";
    String policies = "/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies/";
    return new BlastRadius(
        1,
        caseId,
        "kubernetes",
        1_000,
        List.of(
            new OptionRadius(
                true,
                1,
                List.of("aws-eu/shop"),
                List.of(),
                List.of(),
                List.of(touched(pods), touched(policies + "in"), touched(policies + "out"))),
            new OptionRadius(
                true,
                12,
                List.of("aws-eu/shop"),
                List.of(),
                List.of(),
                List.of(touched(policies + "ddos")))));
  }

  private static TouchedObject touched(String path) {
    return new TouchedObject("aws-eu", path, "", "", 0, false);
  }

  private void open(Policy policy, List<ResponseOption> options, @Nullable Digest tried) {
    does(
        new CaseCommand.OpenVoting(
            options,
            policy,
            null,
            HASHER.electorate(electorate),
            electorate.registrySeq(),
            electorate.total(),
            Fixtures.domain(),
            tried,
            false));
  }

  /** What follows from a command at the story's time. */
  public Story does(CaseCommand command) {
    Decision<CaseEvent> decision = rules.decide(state, command, now);
    if (!(decision instanceof Decision.Accepted<CaseEvent> accepted)) {
      throw new AssertionError(command + " was answered with " + decision);
    }
    for (CaseEvent event : accepted.events()) {
      state = rules.apply(state, event);
      events.add(event);
      times.add(now);
    }
    return this;
  }

  public Story later(int seconds) {
    now = now.plusSeconds(seconds);
    return this;
  }

  /** A ballot of that voter; options by their bits. */
  public Story votes(Address voter, Support support, long options) {
    long nonce =
        state.voting().votes().containsKey(voter)
            ? state.voting().votes().get(voter).signed().ballot().nonce() + 1
            : 1;
    return does(
        new CaseCommand.CastVote(
            Fixtures.sign(
                BallotBuilder.aBallot()
                    .proposal(HASHER.text(caseId.value()))
                    .hash(state.voting().proposalHash())
                    .voter(voter)
                    .votes(support)
                    .mask(BigInteger.valueOf(options))
                    .nonce(nonce)
                    .deadline(now.getEpochSecond() + 600)
                    .build()),
            null));
  }

  /** Gil stops it. */
  public Story vetoed(String reason) {
    Veto veto =
        new Veto(
            HASHER.text("charter"),
            HASHER.text(caseId.value()),
            state.voting().proposalHash(),
            GIL,
            HASHER.text(reason),
            1,
            now.getEpochSecond() + 60);
    return does(
        new CaseCommand.VetoProposal(new SignedVeto(veto, reason, Fixtures.sign(veto, GIL)), 7));
  }

  private LoggedCase logged() {
    List<LoggedEvent> logged = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      logged.add(
          new LoggedEvent(
              7 + i,
              4,
              "case|" + caseId,
              i + 1,
              events.get(i).getClass().getSimpleName(),
              caseId,
              times.get(i),
              "council",
              events.get(i)));
    }
    return new LoggedCase(state, 6 + events.size(), logged);
  }

  private static Anchors.Status anchors() {
    return new Anchors.Status(Anchors.State.DISABLED, 0, null, "no chain");
  }

  /** {@code GET /v1/proposals/{id}}. */
  public ObjectNode proposal() {
    return (ObjectNode)
        Answers.node(new CaseJson(anchors(), now).proposal(logged(), state.voting(), radius));
  }

  /** {@code GET /v1/cases/{id}}. */
  public JsonNode caseAnswer() {
    return Answers.node(
        new CaseJson(anchors(), now).details(logged(), Set.of(), Waits.of(state, now, now)));
  }

  /** The events of the feed, one document each. */
  public List<JsonNode> feed() {
    return logged().events().stream()
        .map(event -> Answers.node(EventJson.of(event, false, anchors(), now)))
        .toList();
  }

  public Electorate electorate() {
    return electorate;
  }

  public CaseState state() {
    return state;
  }
}
