package witan.actors.anchor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.chain.anchor.AnchorChain;
import witan.chain.anchor.AnchorIntent;
import witan.chain.anchor.AnchorJournal;
import witan.chain.anchor.AnchorStep;
import witan.chain.anchor.AnchoredEvent;
import witan.chain.anchor.Anchorer;
import witan.chain.anchor.ChainFailure;
import witan.chain.anchor.ChainIdentity;
import witan.domain.api.Anchors;
import witan.domain.api.LogReads;
import witan.domain.common.LogIndex;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * One step of anchoring and what it means for the council. Blocks; used by one thread at a time.
 *
 * <p>A chain that is not the adopted one takes the assurance of everything back to LOGGED. Only
 * with {@code redeploy-on-new-chain} is the new one adopted, and the log anchored again from 0.
 */
public final class AnchorWork {
  /** When to step again. */
  enum Next {
    AT_ONCE,
    POLL,
    BACK_OFF,
    REST
  }

  record Report(Anchors.Status status, Next next) {}

  private static final Duration LOG_BOUND = Duration.ofSeconds(20);

  private final AnchorChain chain;
  private final AnchorJournal journal;
  private final PublishedSource log;
  private final Anchorer anchorer;
  private final AnchorSettings settings;
  private final int generation;
  private boolean resumed;
  private long anchoredSize;
  private Anchors.@Nullable Anchored last;

  /**
   * One per anchor actor.
   *
   * @param origin of the log's present generation; the registry is deployed for its SHA-256
   * @param generation its number
   */
  public AnchorWork(
      AnchorChain chain,
      AnchorJournal journal,
      LogReads reads,
      String origin,
      int generation,
      AnchorSettings settings) {
    this.chain = chain;
    this.journal = journal;
    this.log = new PublishedSource(reads, LOG_BOUND);
    this.settings = settings;
    this.generation = generation;
    Hash logId = Hashing.sha256(origin.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    this.anchorer = new Anchorer(chain, journal, log, logId, settings.chain().confirmations());
  }

  /** Before the first step. */
  Anchors.Status status() {
    return new Anchors.Status(Anchors.State.CHAIN_UNREACHABLE, 0, null, "not asked yet");
  }

  /** Throws what journal and log throw; nothing is lost by that. */
  Report step(boolean refresh) {
    if (!resumed) {
      resume();
      resumed = true;
    }
    if (refresh) {
      log.refresh();
    }
    return report(anchorer.step());
  }

  /**
   * What was anchored before this instance began stays anchored, unless the step finds otherwise.
   */
  private void resume() {
    AnchorJournal.State known = journal.load();
    AnchorIntent intent = known.intent();
    if (intent != null) {
      anchored(known.confirmation() == null ? intent.oldSize() : intent.newSize());
    }
  }

  private Report report(AnchorStep step) {
    if (step instanceof AnchorStep.NotAdopted) {
      return adoptFirst();
    }
    if (step instanceof AnchorStep.Adopted adopted) {
      forget();
      anchoredSize = adopted.head().size();
      return following("adopted " + adopted.identity(), Next.AT_ONCE);
    }
    if (step instanceof AnchorStep.Idle idle) {
      anchored(idle.head().size());
      return following("all anchored", Next.REST);
    }
    if (step instanceof AnchorStep.Confirmed confirmed) {
      anchored(confirmed.intent().newSize());
      return following("anchored " + confirmed.intent().newSize(), Next.AT_ONCE);
    }
    if (step instanceof AnchorStep.Sent || step instanceof AnchorStep.Resent) {
      return following("a transaction is under way", Next.POLL);
    }
    if (step instanceof AnchorStep.Waiting waiting) {
      return following("confirmations: " + waiting.confirmations(), Next.POLL);
    }
    return trouble(step);
  }

  private Report trouble(AnchorStep step) {
    if (step instanceof AnchorStep.Unreachable unreachable) {
      return new Report(
          status(Anchors.State.CHAIN_UNREACHABLE, unreachable.reason()), Next.BACK_OFF);
    }
    if (step instanceof AnchorStep.IdentityChanged changed) {
      forget();
      return settings.redeployOnNewChain() ? redeploy() : changed(changed);
    }
    return new Report(status(Anchors.State.ALARM, step.toString()), Next.BACK_OFF);
  }

  private Report changed(AnchorStep.IdentityChanged changed) {
    return new Report(
        status(
            Anchors.State.IDENTITY_CHANGED,
            "adopted was " + changed.adopted() + ", found " + changed.found()),
        Next.BACK_OFF);
  }

  private Report adoptFirst() {
    Optional<ChainIdentity> trusted = settings.adopt();
    if (trusted.isPresent()) {
      return afterAdoption(anchorer.adopt(trusted.get()));
    }
    return settings.redeployOnNewChain()
        ? redeploy()
        : new Report(
            new Anchors.Status(Anchors.State.DISABLED, 0, null, "no chain was adopted"),
            Next.BACK_OFF);
  }

  private Report redeploy() {
    return afterAdoption(anchorer.deployAndAdopt());
  }

  /** An adoption that fails for another chain is no reason to try the next one at once. */
  private Report afterAdoption(AnchorStep step) {
    return step instanceof AnchorStep.IdentityChanged changed ? changed(changed) : report(step);
  }

  private Report following(String detail, Next next) {
    return new Report(status(Anchors.State.FOLLOWING, detail), next);
  }

  private Anchors.Status status(Anchors.State state, String detail) {
    ChainIdentity identity = journal.load().identity();
    Anchors.Registry registry =
        identity == null
            ? null
            : new Anchors.Registry(identity.chainId(), identity.genesisHash(), identity.contract());
    return new Anchors.Status(state, place(anchoredSize), last, detail, registry);
  }

  private void forget() {
    anchoredSize = 0;
    last = null;
  }

  /** Names the transaction of an anchor that is final; the block's time is its time. */
  private void anchored(long size) {
    anchoredSize = size;
    ChainIdentity identity = journal.load().identity();
    if (size == 0 || identity == null || (last != null && last.size() == place(size))) {
      return;
    }
    try {
      chain
          .findAnchored(identity.contract(), size)
          .ifPresent(event -> last = named(identity, event));
    } catch (ChainFailure e) {
      // The anchor stands; its details are looked up again after the next one.
      last = last == null || last.size() < place(size) ? null : last;
    }
  }

  /** With the first anchor of a generation all before it are anchored too: entry 0 names them. */
  private long place(long size) {
    return size == 0 ? 0 : LogIndex.of(generation, size);
  }

  private Anchors.Anchored named(ChainIdentity identity, AnchoredEvent event) {
    return new Anchors.Anchored(
        place(event.size()),
        event.root().hex(),
        identity.chainId(),
        identity.genesisHash(),
        identity.contract(),
        event.txHash(),
        event.blockNumber(),
        event.blockHash(),
        Instant.ofEpochSecond(event.anchoredAt()));
  }
}
