package witan.actors.memory;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.receptionist.Receptionist;
import akka.cluster.ClusterEvent.CurrentClusterState;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import witan.actors.log.LogMemory.Asked;
import witan.actors.log.Remembered;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteException;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.SignedNote;

/** The other members with the log's role, and what they remember. Thread-safe. */
final class LogNodes {
  private static final long LOOK_MILLIS = 100;

  private final ActorSystem<?> system;
  private final String role;
  private final NoteKey key;
  private final Duration patience;

  /**
   * Of a cluster.
   *
   * @param role of those that remember
   * @param key without whose signature nothing that they say counts
   * @param patience until all are found, and then for each answer
   */
  LogNodes(ActorSystem<?> system, String role, NoteKey key, Duration patience) {
    this.system = system;
    this.role = role;
    this.key = key;
    this.patience = patience;
  }

  /** Never fails; who cannot be reached is silent. */
  CompletionStage<Asked> ask() {
    return find(System.nanoTime() + patience.toNanos());
  }

  /** A node that has just joined is a member before the others hear where its keeper is. */
  private CompletionStage<Asked> find(long deadline) {
    return AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
            system.receptionist(),
            replyTo -> Receptionist.find(MemoryKeeper.KEY, replyTo),
            patience,
            system.scheduler())
        .handle(
            (listing, failure) ->
                failure == null
                    ? listing.getServiceInstances(MemoryKeeper.KEY)
                    : Set.<ActorRef<MemoryKeeper.Ask>>of())
        .thenCompose(
            keepers -> {
              Map<String, ActorRef<MemoryKeeper.Ask>> found = new TreeMap<>();
              keepers.forEach(keeper -> found.put(name(keeper.path().address()), keeper));
              boolean whole = found.keySet().containsAll(members(true));
              if (!whole && System.nanoTime() - deadline < 0) {
                return CompletableFuture.supplyAsync(
                        () -> deadline,
                        CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS))
                    .thenCompose(this::find);
              }
              return askAll(found);
            });
  }

  private Set<String> members(boolean reachableOnly) {
    CurrentClusterState state = Cluster.get(system).state();
    Set<String> names = new TreeSet<>();
    for (Member member : state.getMembers()) {
      boolean there =
          member.status() == MemberStatus.up() || member.status() == MemberStatus.weaklyUp();
      boolean wanted = there && !(reachableOnly && state.getUnreachable().contains(member));
      if (wanted && member.hasRole(role) && !member.address().equals(self())) {
        names.add(name(member.address()));
      }
    }
    return names;
  }

  private CompletionStage<Asked> askAll(Map<String, ActorRef<MemoryKeeper.Ask>> found) {
    List<Remembered> known = new ArrayList<>();
    Set<String> silent = members(false);
    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
    for (Map.Entry<String, ActorRef<MemoryKeeper.Ask>> one : found.entrySet()) {
      if (!one.getValue().path().address().hasLocalScope()) {
        String node = "node " + one.getKey();
        all =
            all.thenAcceptBoth(
                told(one.getValue()),
                (before, note) -> {
                  if (read(node, note, known)) {
                    silent.remove(one.getKey());
                  }
                });
      }
    }
    return all.thenApply(
        done -> new Asked(known, silent.stream().map(name -> "node " + name).toList()));
  }

  private CompletionStage<Optional<MemoryKeeper.Told>> told(ActorRef<MemoryKeeper.Ask> keeper) {
    return AskPattern.<MemoryKeeper.Ask, MemoryKeeper.Told>ask(
            keeper, MemoryKeeper.Ask::new, patience, system.scheduler())
        .handle((told, failure) -> failure == null ? Optional.of(told) : Optional.empty());
  }

  /** Whether it is an answer. */
  private boolean read(String node, Optional<MemoryKeeper.Told> told, List<Remembered> known) {
    if (told.isEmpty() || told.get().note().isEmpty()) {
      return told.isPresent();
    }
    try {
      Checkpoint checkpoint = SignedNote.open(told.get().note(), List.of(key));
      known.add(new Remembered(node, checkpoint.size(), checkpoint.root()));
      return true;
    } catch (NoteException e) {
      system.log().error("{} remembers what the log's key did not sign: {}", node, e.getMessage());
      return false;
    }
  }

  private Address self() {
    return Cluster.get(system).selfMember().address();
  }

  private static String name(Address address) {
    return address.hostPort().replaceFirst("^[^@]*@", "");
  }
}
