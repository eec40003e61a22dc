package witan.cluster.it.traitor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import witan.actors.entity.ShardedEntities;
import witan.codec.event.Family;
import witan.domain.api.Answer;
import witan.domain.common.Digest;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentEvent;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Target;
import witan.domain.notes.NoteEvent;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryCommand;

/** Commands that an API node sends to honest entities, without the checks of the API. */
final class EntityActs {
  private final Reach reach;

  EntityActs(Reach reach) {
    this.reach = reach;
  }

  private static ObjectNode said(Object answer) {
    ObjectNode said = Words.done();
    if (answer instanceof Answer.Declined<?> no) {
      return said.put("code", no.refusal().code());
    }
    if (answer instanceof Answer.Busy<?> busy) {
      return said.put("code", busy.reason());
    }
    return said.put("code", answer instanceof Answer.Done<?> ? "done" : answer.toString());
  }

  /** An alert that this council is said to have received at {@code ingestedAt}. */
  ObjectNode recordAlert(Words words) {
    CaseEvent.AlertRecorded like =
        Copy.first(reach.entries(words.like()), CaseEvent.AlertRecorded.class);
    return said(
        reach.ask(
            ShardedEntities.key(Family.CASE), words.target().value(), CaseActs.alert(words, like)));
  }

  /** Sends the ballots one by one; the code that each was answered with. */
  ObjectNode cast(Words words) {
    ObjectNode all = Words.done();
    List<String> codes = new ArrayList<>();
    for (SignedBallot ballot : words.ballots()) {
      Object answer =
          reach.ask(
              ShardedEntities.key(Family.CASE),
              words.target().value(),
              new CaseCommand.CastVote(ballot, null));
      codes.add(said(answer).get("code").asText());
    }
    codes.forEach(all.putArray("codes")::add);
    return all;
  }

  /** That a step begins, as an executor says; of the case as it is. */
  ObjectNode intend(Words words) {
    return said(
        reach.ask(
            ShardedEntities.key(Family.CASE),
            words.target().value(),
            new CaseCommand.IntendStep(
                "action--1",
                1,
                "delete-pod",
                new Target(words.text("cluster"), "shop", "Pod", words.text("victim")),
                Map.of(),
                "fence",
                Copy.now().plusSeconds(60))));
  }

  /** That somebody is no member any more, as an executor says after a vote. */
  ObjectNode applyChange(Words words) {
    return said(
        reach.ask(
            ShardedEntities.key(Family.REGISTRY),
            reach.council(),
            new RegistryCommand.ApplyChange(
                words.target(),
                new Digest("ab".repeat(32)),
                new RegistryChange.RemoveMembers(List.of(words.text("member"))))));
  }

  /** A note, as the entity that holds notes has it logged. */
  ObjectNode append(Words words) {
    boolean answered =
        reach
            .appendOnce(
                "notes|" + words.target(),
                List.of(new NoteEvent.NoteAdded("p1:nobody", "seen", null, Copy.now(), null)))
            .isPresent();
    return Words.done().put("answered", answered);
  }

  /** Whether the node is reached at all. */
  ObjectNode knock(Words words) {
    return Words.done().put("answered", reach.knock());
  }

  /** A real lease, by the terms of an honest one; its number. */
  ObjectNode grant(Words words) {
    ContainmentEvent.ContainmentGranted like =
        Copy.first(
            reach.entries("containment|" + reach.council()),
            ContainmentEvent.ContainmentGranted.class);
    Object answer =
        reach.ask(
            ShardedEntities.key(Family.CONTAINMENT),
            reach.council(),
            new ContainmentCommand.GrantContainment(words.target(), like.clusters(), like.terms()));
    if (answer instanceof Answer.Done<?> done
        && done.value() instanceof witan.domain.api.Receipt receipt) {
      return Words.done().put("grant", receipt.seq());
    }
    throw new IllegalStateException("the containments answered " + answer);
  }

  /** Lets a lease go. */
  ObjectNode release(Words words) {
    return said(
        reach.ask(
            ShardedEntities.key(Family.CONTAINMENT),
            reach.council(),
            new ContainmentCommand.ReleaseContainment(words.target(), false)));
  }
}
