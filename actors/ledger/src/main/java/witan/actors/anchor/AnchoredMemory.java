package witan.actors.anchor;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import witan.actors.log.Remembered;
import witan.chain.anchor.AnchorChain;
import witan.chain.anchor.AnchorJournal;
import witan.chain.anchor.AnchoredHead;
import witan.chain.anchor.ChainIdentity;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * What the adopted registry holds of the log, confirmed or not: it was published before it was
 * sent. Blocks; throws where the chain cannot be asked, or is not the adopted one.
 */
public final class AnchoredMemory implements Supplier<Optional<Remembered>> {
  private final AnchorChain chain;
  private final AnchorJournal journal;
  private final String origin;
  private final AnchorSettings settings;

  /** The registry that the settings name goes before the one in the database. */
  public AnchoredMemory(
      AnchorChain chain, AnchorJournal journal, String origin, AnchorSettings settings) {
    this.chain = chain;
    this.journal = journal;
    this.origin = origin;
    this.settings = settings;
  }

  @Override
  public Optional<Remembered> get() {
    Optional<ChainIdentity> adopted =
        settings.adopt().or(() -> Optional.ofNullable(journal.load().identity()));
    return adopted.flatMap(this::held);
  }

  private Optional<Remembered> held(ChainIdentity adopted) {
    Hash logId = Hashing.sha256(origin.getBytes(StandardCharsets.UTF_8));
    String contract = adopted.contract();
    if (!chain.identity(contract).equals(adopted)
        || !chain.hasCode(contract)
        || !chain.logId(contract).equals(logId)) {
      throw new IllegalStateException("the chain is not the adopted one: " + adopted);
    }
    AnchoredHead head = chain.current(contract);
    return head.size() == 0
        ? Optional.empty()
        : Optional.of(new Remembered("the chain", head.size(), head.root()));
  }
}
