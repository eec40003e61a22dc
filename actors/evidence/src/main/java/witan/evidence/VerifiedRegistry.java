package witan.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;
import witan.codec.event.Family;
import witan.codec.hash.JcsContentHasher;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Electorate;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.Charter;
import witan.domain.registry.LogPlace;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryState;
import witan.domain.registry.RegistryVersions;
import witan.signing.StatementSignatures;

/**
 * A council's registry as far as it may be believed: founded by the trusted charter, every entry
 * allowed by the rules, and each that says what a case decided or came to borne out by that case.
 * What is added last is judged by what was believed before. One thread adds; a council may be asked
 * by many.
 */
public final class VerifiedRegistry {
  private final RegistryVersions versions =
      new RegistryVersions(
          new RegistryAggregate(new JcsContentHasher(), new StatementSignatures()));
  private final List<Logged<RegistryEvent>> entries = new ArrayList<>();
  private final Map<CaseId, List<Logged<RegistryEvent>>> stakes = new HashMap<>();
  private final String pid;
  private final @Nullable Digest charter;

  /**
   * Nothing is believed yet.
   *
   * @param charter digest of the charter that is trusted; null to trust the first that was founded
   */
  public VerifiedRegistry(String councilId, @Nullable Digest charter) {
    this.pid = Family.REGISTRY.pid(councilId);
    this.charter = charter;
  }

  public String pid() {
    return pid;
  }

  /** Number of the next entry to add. */
  public long nextSeq() {
    return entries.size() + 1L;
  }

  /** The case without which an entry may not be believed; empty where it stands by itself. */
  public static Optional<CaseId> cause(RegistryEvent event) {
    if (event instanceof RegistryEvent.ChangeApplied e) {
      return Optional.of(e.caseId());
    }
    // A bond that was posted changes nobody's power; it is settled by its case.
    return event instanceof RegistryEvent.BondPosted
        ? Optional.empty()
        : SettlementChecks.caseOf(event);
  }

  /**
   * Believes the next entry, or throws and believes what it believed before.
   *
   * @param cause the entries of the case that {@link #cause} names, from its first, as far as the
   *     log holds them; else empty
   * @throws CheckFailed if the entry is not borne out
   */
  public void add(Logged<RegistryEvent> next, List<Logged<CaseEvent>> cause) {
    chained(next);
    CouncilChecks.allowed(versions.current(), next);
    if (next.event() instanceof RegistryEvent.CouncilFounded e) {
      CouncilChecks.trusted(e, charter == null ? e.charterHash() : charter);
    } else if (next.event() instanceof RegistryEvent.ChangeApplied e) {
      ChangeChecks.decided(council(), next.index(), e, cause);
    } else {
      cause(next.event()).ifPresent(caseId -> settled(next, new CaseFile(caseId, cause)));
    }
    synchronized (versions) {
      versions.add(next.index(), next.event());
    }
    synchronized (entries) {
      entries.add(next);
    }
    SettlementChecks.caseOf(next.event())
        .ifPresent(caseId -> stakes.computeIfAbsent(caseId, none -> new ArrayList<>()).add(next));
  }

  /** What an entry says that a case came to is computed again from that case. */
  private void settled(Logged<RegistryEvent> next, CaseFile file) {
    String where = pid + " number " + nextSeq() + ": ";
    CaseFile.Numbered<CaseEvent.VotingOpened> vote =
        file.first(CaseEvent.VotingOpened.class)
            .orElseThrow(() -> new CheckFailed(where + file.caseId() + " had no vote to settle"));
    EntryChecks.chain(file.entries(), Family.CASE.pid(file.caseId()));
    Council before = council();
    Electorate electorate = CouncilChecks.electorate(before, file, vote);
    DecisionChecks.signatures(file);
    Replay.of(file, electorate, before).follows(file.caseId(), file.events());
    List<Logged<RegistryEvent>> with =
        new ArrayList<>(stakes.getOrDefault(file.caseId(), List.of()));
    with.add(next);
    SettlementChecks.check(before, with, file, electorate);
  }

  private void chained(Logged<RegistryEvent> next) {
    Digest prev = entries.isEmpty() ? Digest.ZERO : entries.get(entries.size() - 1).hash();
    long after = entries.isEmpty() ? -1 : entries.get(entries.size() - 1).index();
    CheckFailed.unless(
        next.entry().pid().equals(pid)
            && next.entry().seq() == nextSeq()
            && next.entry().prev().equals(prev)
            && next.index() > after,
        pid + " number " + nextSeq() + " does not continue the entry before it");
  }

  /**
   * The council by what is believed now; later entries do not change it. Costs the same however
   * many there are: it is asked for with every settlement.
   *
   * @throws CouldNotCheck before the founding
   */
  public Council council() {
    Charter founded = versions.current().charter();
    if (founded == null) {
      throw new CouldNotCheck("the council is not founded");
    }
    return new Council(founded, new Locked(versions), new Prefix<>(entries));
  }

  /** What a list held that grows, under its own lock. */
  private static final class Prefix<T> extends AbstractList<T> implements RandomAccess {
    private final List<T> all;
    private final int size;

    Prefix(List<T> all) {
      this.all = all;
      this.size = all.size();
    }

    @Override
    public T get(int i) {
      Objects.checkIndex(i, size);
      synchronized (all) {
        return all.get(i);
      }
    }

    @Override
    public int size() {
      return size;
    }
  }

  /** What later entries never change: indexes grow. */
  private record Locked(RegistryVersions versions) implements RegistryHistory {
    @Override
    public RegistryState before(long index) {
      synchronized (versions) {
        return versions.before(index);
      }
    }

    @Override
    public RegistryState heldBefore(LogPlace place, Duration holding) {
      synchronized (versions) {
        return versions.heldBefore(place, holding);
      }
    }

    @Override
    public RegistryState at(Instant time) {
      synchronized (versions) {
        return versions.at(time);
      }
    }
  }
}
