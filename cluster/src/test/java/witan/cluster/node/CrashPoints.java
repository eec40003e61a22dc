package witan.cluster.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import witan.actors.kubernetes.ActionResult;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.kubernetes.DryRun;
import witan.actors.service.Correlations;
import witan.chain.anchor.AnchorChain;
import witan.chain.anchor.AnchorReceipt;
import witan.chain.anchor.AnchorRequest;
import witan.chain.anchor.AnchoredEvent;
import witan.chain.anchor.AnchoredHead;
import witan.chain.anchor.ChainIdentity;
import witan.chain.anchor.SignedAnchor;
import witan.domain.correlation.CorrelationAnswer;
import witan.domain.correlation.CorrelationCommand;
import witan.domain.execution.Order;
import witan.log.tree.Hash;

/**
 * Where a node under test stands still for ever, to be killed there. A point is armed by a file of
 * its name; the one thread that passes first renames it to {@code <name>.reached} and never goes
 * on, so that a point stops one node once.
 */
public final class CrashPoints {
  /** Named after what has been done and what has not. */
  public enum Point {
    /** Correlation has assigned the alert to a case; the case knows nothing of it. */
    AFTER_ASSIGNMENT,
    /** The alert is in its case; correlation does not know it, and the sensor was not answered. */
    BEFORE_SETTLEMENT,
    /** The decision was checked; nothing of the execution is logged. */
    BEFORE_START,
    /** The execution is logged as started; no step is intended. */
    BEFORE_INTENT,
    /** The step's intent is logged; nothing was done. */
    BEFORE_EFFECT,
    /** The effect is there; its observation is not logged. */
    AFTER_EFFECT,
    /** The first step is observed; the next is not intended. */
    AFTER_OBSERVATION,
    /** The anchor's intent is durable; the chain knows nothing. */
    BEFORE_SEND,
    /** The chain has the transaction; its receipt was not looked at. */
    AFTER_SEND
  }

  public static final String EFFECTS = "effects";

  private final Path folder;

  CrashPoints(Path folder) {
    this.folder = folder;
  }

  Fittings fittings() {
    return new Fittings(Actions::new, Chain::new, this::correlations);
  }

  private void pass(Point point) {
    try {
      Files.move(folder.resolve(point.name()), folder.resolve(point + ".reached"));
    } catch (NoSuchFileException notArmed) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Correlations correlations(Correlations asked) {
    return (key, command) -> {
      if (command instanceof CorrelationCommand.Settle) {
        pass(Point.BEFORE_SETTLEMENT);
      }
      CompletionStage<CorrelationAnswer> answer = asked.ask(key, command);
      return command instanceof CorrelationCommand.Correlate
          ? answer.whenComplete((done, failure) -> pass(Point.AFTER_ASSIGNMENT))
          : answer;
    };
  }

  /** The world outside: what was written there stays, whatever becomes of the node. */
  private void takeEffect(Order order) {
    try {
      Files.writeString(
          folder.resolve(EFFECTS),
          order.caseId() + " " + order.step() + " " + order.fence() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether something was done for the order's case. */
  private boolean begun(Order order) {
    try {
      return Files.readString(folder.resolve(EFFECTS)).contains(order.caseId() + " ");
    } catch (NoSuchFileException nothingYet) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Actions implements ClusterActions {
    private final ClusterActions actions;

    Actions(ClusterActions actions) {
      this.actions = actions;
    }

    /**
     * Asked by an executor right before it starts; the node's own question is of another thread.
     */
    @Override
    public String adapter() {
      if (!Thread.currentThread().getName().equals("main")) {
        pass(Point.BEFORE_START);
      }
      return actions.adapter();
    }

    @Override
    public DryRun dryRun(Order order) {
      return actions.dryRun(order);
    }

    @Override
    public Map<String, String> prepare(Order order) {
      pass(begun(order) ? Point.AFTER_OBSERVATION : Point.BEFORE_INTENT);
      return actions.prepare(order);
    }

    @Override
    public boolean fences(Order order) {
      return actions.fences(order);
    }

    @Override
    public ActionResult perform(Order order) {
      pass(Point.BEFORE_EFFECT);
      ActionResult result = actions.perform(order);
      takeEffect(order);
      pass(Point.AFTER_EFFECT);
      return result;
    }

    @Override
    public ActionResult reconcile(Order order) {
      return actions.reconcile(order);
    }
  }

  private final class Chain implements AnchorChain {
    private final AnchorChain chain;

    Chain(AnchorChain chain) {
      this.chain = chain;
    }

    @Override
    public ChainIdentity identity(String contract) {
      return chain.identity(contract);
    }

    @Override
    public String deploy(Hash logId) {
      return chain.deploy(logId);
    }

    @Override
    public boolean hasCode(String contract) {
      return chain.hasCode(contract);
    }

    @Override
    public Hash logId(String contract) {
      return chain.logId(contract);
    }

    @Override
    public AnchoredHead current(String contract) {
      return chain.current(contract);
    }

    @Override
    public long nonce() {
      return chain.nonce();
    }

    @Override
    public SignedAnchor prepare(String contract, AnchorRequest request, long nonce) {
      return chain.prepare(contract, request, nonce);
    }

    @Override
    public void send(SignedAnchor anchor) {
      pass(Point.BEFORE_SEND);
      chain.send(anchor);
      pass(Point.AFTER_SEND);
    }

    @Override
    public Optional<AnchorReceipt> receipt(String txHash) {
      return chain.receipt(txHash);
    }

    @Override
    public Optional<AnchoredEvent> findAnchored(String contract, long size) {
      return chain.findAnchored(contract, size);
    }
  }
}
