package witan.cluster.it.traitor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.containment.ContainmentEvent;
import witan.domain.detection.Alert;
import witan.domain.governance.Electorate;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignedBallot;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.log.tree.Hashing;

/** What a node that holds cases can have logged: it decides, and nobody decides with it. */
final class CaseActs {
  private final Reach reach;

  CaseActs(Reach reach) {
    this.reach = reach;
  }

  private long append(CaseId caseId, List<CaseEvent> events) {
    long index = reach.append(Reach.pid(caseId), events);
    reach.wake(caseId);
    return index;
  }

  /** What the rules make of it; the state with it. */
  private CaseState decide(CaseState before, CaseCommand command, List<CaseEvent> events) {
    Decision<CaseEvent> decision = reach.rules().decide(before, command, Copy.now());
    if (!(decision instanceof Decision.Accepted<CaseEvent> accepted)) {
      throw new IllegalStateException(command + " was answered " + decision);
    }
    events.addAll(accepted.events());
    return accepted.events().stream().reduce(before, reach.rules()::apply, (a, b) -> b);
  }

  private CaseState vote(CaseState before, List<SignedBallot> ballots, List<CaseEvent> events) {
    var voting = Objects.requireNonNull(before.voting());
    Reach.now(reach.content().load(voting.content().snapshotDigest()));
    CaseState state = before;
    for (SignedBallot ballot : ballots) {
      if (state.outcome() == null) {
        state = decide(state, new CaseCommand.CastVote(ballot, null), events);
      }
    }
    if (state.outcome() == null) {
      throw new IllegalStateException("the ballots decide nothing");
    }
    return state;
  }

  /** Logs a real approval, and right behind it an intent of something else. */
  ObjectNode swap(Words words) {
    List<CaseEvent> events = approvedAnd(words);
    int intent = 0;
    while (!(events.get(intent) instanceof CaseEvent.StepIntended)) {
      intent++;
    }
    CaseEvent swapped =
        Copy.of(
            CaseEvent.class,
            events.get(intent),
            Map.of(),
            event -> event.setAll((ObjectNode) words.node("swapped")));
    List<CaseEvent> all = new ArrayList<>(events.subList(0, intent));
    all.add(swapped);
    return Words.done(append(words.target(), all));
  }

  /** Begins a provisional containment by itself. */
  ObjectNode contain(Words words) {
    CaseEvent started =
        Copy.of(
            CaseEvent.class,
            Copy.first(reach.entries(words.like()), CaseEvent.ContainmentStarted.class),
            words.instead(),
            event -> event.put("grant", words.number("grant")));
    return Words.done(append(words.target(), List.of(started)));
  }

  /**
   * A case of its own making with an honest case's alerts. With {@code voter}, the electorate is
   * that one key; with {@code victim}, the options are about that pod instead of the alerts' one.
   */
  ObjectNode openVote(Words words) {
    List<Reach.Known> like = reach.entries(words.like());
    List<CaseEvent> opening = new ArrayList<>();
    CaseState state = reach.rules().empty();
    for (Reach.Known known : like) {
      if (known.event() instanceof CaseEvent.AlertRecorded alert) {
        state = decide(state, alert(words, alert), opening);
      }
    }
    reach.append(Reach.pid(words.target()), opening);
    List<CaseEvent> vote = new ArrayList<>();
    CaseEvent.VotingOpened opened = Copy.first(like, CaseEvent.VotingOpened.class);
    decide(state, opening(words, opened), vote);
    return Words.done(append(words.target(), vote));
  }

  /** An honest case's alert, about what the words say instead. */
  static CaseCommand alert(Words words, CaseEvent.AlertRecorded like) {
    Map<String, String> instead = words.instead();
    String raw = Copy.text(like.raw(), instead);
    ObjectNode alert = (ObjectNode) Json.node(Copy.value(Alert.class, like.alert(), instead));
    alert.put("rawDigest", Hashing.sha256(raw.getBytes(StandardCharsets.UTF_8)).hex());
    alert.put("alertId", words.text("alertId", like.alert().alertId()));
    alert.put("ingestedAt", words.text("ingestedAt", Json.format(Copy.now())));
    return new CaseCommand.RecordAlert(
        words.target(), words.text("council"), Json.read(Alert.class, alert), raw);
  }

  private CaseCommand opening(Words words, CaseEvent.VotingOpened like) {
    Map<String, String> instead = words.instead();
    if (words.has("victim")) {
      instead.replaceAll(
          (from, to) -> from.equals(words.like().value()) ? to : words.text("victim"));
    }
    List<ResponseOption> options =
        like.content().options().stream()
            .map(option -> Copy.value(ResponseOption.class, option, instead))
            .toList();
    Digest electorate = like.content().snapshotDigest();
    BigInteger total = like.total();
    if (words.has("voter")) {
      Electorate own = ofOne(electorate, words.text("voter"));
      electorate = Reach.now(reach.content().put(Json.canonical(own)));
      total = own.total();
    }
    Reach.now(reach.content().load(electorate));
    return new CaseCommand.OpenVoting(
        options,
        like.policy(),
        like.normal(),
        electorate,
        like.registrySeq(),
        total,
        like.domain(),
        words.has("victim") ? like.content().blastRadius() : null,
        like.content().provisionalContainment());
  }

  private Electorate ofOne(Digest real, String voter) {
    ObjectNode one =
        (ObjectNode)
            Json.parse(
                Reach.now(reach.content().get(real)).orElseThrow(),
                witan.codec.json.Limits.DEFAULT);
    ObjectNode elector = (ObjectNode) one.get("electors").get(0);
    elector.put("address", new Address(voter).hex());
    one.putArray("electors").add(elector);
    return Json.read(Electorate.class, one);
  }

  /** Ballots for everybody, each with a signature that was given for something else. */
  ObjectNode forgeBallots(Words words) {
    List<CaseEvent> events = new ArrayList<>();
    vote(reach.state(words.target()), words.ballots(), events);
    return Words.done(append(words.target(), events));
  }

  /** Logs a real approval, and that everything was done, of what was never sent. */
  ObjectNode pretend(Words words) {
    return Words.done(append(words.target(), approvedAnd(words)));
  }

  /** Logs a real approval, and right behind it that somebody ended its execution early. */
  ObjectNode abort(Words words) {
    List<CaseEvent> events = new ArrayList<>();
    vote(reach.state(words.target()), words.ballots(), events);
    events.add(
        new CaseEvent.AbortRequested(
            "member " + words.text("member"), "nobody said so", true, Copy.now(), null));
    return Words.done(append(words.target(), events));
  }

  /** Logs that somebody switched containment on again. */
  ObjectNode switchOn(Words words) {
    ContainmentEvent on =
        new ContainmentEvent.ContainmentSwitched(
            true, false, words.text("member"), "nobody said so", null, Copy.now(), null);
    return Words.done(reach.append("containment|" + reach.council(), List.of(on)));
  }

  /** By real ballots, and behind it all that the honest case has behind its own. */
  private List<CaseEvent> approvedAnd(Words words) {
    CaseState before = reach.state(words.target());
    String radius = String.valueOf(Objects.requireNonNull(before.voting()).content().blastRadius());
    List<CaseEvent> events = new ArrayList<>();
    CaseState state = vote(before, words.ballots(), events);
    // What one command makes is of one time.
    String at = Json.format(Copy.now());
    boolean decided = false;
    for (Reach.Known known : reach.entries(words.like())) {
      // Late ballots are somebody's own.
      if (decided && !(known.event() instanceof CaseEvent.VoteCast)) {
        long next = state.seq() + 1;
        CaseEvent copy =
            Copy.of(
                CaseEvent.class,
                known.event(),
                words.instead(),
                event -> fit(event.put("at", at), radius, next));
        events.add(copy);
        state = reach.rules().apply(state, copy);
      }
      decided = decided || known.event() instanceof CaseEvent.ProposalApproved;
    }
    return events;
  }

  /** Nothing has drifted: what was found is what was voted on. */
  private static void fit(ObjectNode event, String radius, long seq) {
    for (String field : List.of("voted", "found")) {
      if (event.hasNonNull(field)) {
        event.put(field, radius);
      }
    }
    if (event.has("lastSeq")) {
      event.put("lastSeq", seq);
    }
  }

  /** Logs the last intent once more, with another pin; its executor's signature stays. */
  ObjectNode swapPin(Words words) {
    List<Reach.Known> entries = reach.entries(words.target());
    CaseEvent last = (CaseEvent) entries.get(entries.size() - 1).event();
    CaseEvent swapped =
        Copy.of(
            CaseEvent.class,
            (CaseEvent.StepIntended) last,
            Map.of(),
            event -> ((ObjectNode) event.get("parameters")).put("pin.uid", words.text("uid")));
    return Words.done(append(words.target(), List.of(swapped)));
  }
}
