package witan.domain.catalogue;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import witan.domain.catalogue.CatalogueCommand.PublishPlaybook;
import witan.domain.catalogue.CatalogueCommand.RetirePlaybook;
import witan.domain.catalogue.CatalogueEvent.PlaybookPublished;
import witan.domain.catalogue.CatalogueEvent.PlaybookRetired;
import witan.domain.common.Aggregate;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;

/**
 * A council's catalogue of playbooks. A change is for proposals that open from then on: an option
 * names its playbook by digest. Refusals: {@code playbook_bad_name}, {@code playbook_bad_facts},
 * those of {@link CatalogueRules}, {@code playbook_not_found}, {@code retirement_reason}, {@code
 * catalogue_full}, {@code idempotency_key_reused}.
 */
public final class CatalogueAggregate
    implements Aggregate<CatalogueState, CatalogueCommand, CatalogueEvent> {
  private final CatalogueState empty;

  /**
   * A catalogue's rules.
   *
   * @param shipped what is there without being published
   */
  public CatalogueAggregate(Collection<PlaybookVersion> shipped) {
    this.empty = CatalogueState.of(shipped);
  }

  @Override
  public CatalogueState empty() {
    return empty;
  }

  @Override
  public boolean sealed(CatalogueState state) {
    return false;
  }

  @Override
  public Decision<CatalogueEvent> decide(CatalogueState s, CatalogueCommand command, Instant now) {
    if (command instanceof PublishPlaybook c) {
      return publish(s, c, now);
    }
    if (command instanceof RetirePlaybook c) {
      return retire(s, c, now);
    }
    throw new IllegalStateException("unknown command " + command.getClass());
  }

  private static Decision<CatalogueEvent> publish(
      CatalogueState s, PublishPlaybook c, Instant now) {
    List<PlaybookVersion> versions = s.versionsOf(c.name());
    Optional<Decision<CatalogueEvent>> before = before(s, c);
    if (before.isPresent()) {
      return before.get();
    }
    if (!CatalogueRules.isName(c.name())) {
      return Decision.refuse(
          "playbook_bad_name",
          "a playbook's name has 1 to 64 of a-z, 0-9 and -, and is not \"validate\"",
          "choose another name");
    }
    if (c.facts().impact() < 0
        || c.facts().impact() > 100
        || c.facts().title().length() > CatalogueRules.MAX_TITLE
        || c.signatures().length() > CatalogueRules.MAX_SIGNATURES_LENGTH) {
      return Decision.refuse(
          "playbook_bad_facts",
          "an impact is from 0 to 100, a name at most 400 long, signatures at most 32 KiB",
          "correct the playbook");
    }
    for (Digest call : c.facts().calls()) {
      Optional<Refusal> refused = CatalogueRules.call(s, call);
      if (refused.isPresent()) {
        return new Decision.Refused<>(refused.get());
      }
    }
    if (s.versions() >= CatalogueRules.MAX_VERSIONS
        || (versions.isEmpty() && s.playbooks().size() >= CatalogueRules.MAX_NAMES)) {
      return Decision.refuse(
          "catalogue_full",
          "a catalogue has at most "
              + CatalogueRules.MAX_NAMES
              + " names and "
              + CatalogueRules.MAX_VERSIONS
              + " versions",
          "publish under a name that is there, and less often");
    }
    long last = versions.isEmpty() ? 0 : versions.get(versions.size() - 1).version();
    return Decision.accept(
        new PlaybookPublished(
            c.name(),
            last + 1,
            c.digest(),
            c.facts(),
            c.signatures(),
            c.signers(),
            c.by().pseudonym(),
            c.idempotencyKey(),
            now,
            c.by().sealed()));
  }

  /** The same under the same key, whatever came since; or what the name stands for already. */
  private static Optional<Decision<CatalogueEvent>> before(CatalogueState s, PublishPlaybook c) {
    Long keyed = c.idempotencyKey() == null ? null : s.seqByKey().get(c.idempotencyKey());
    if (keyed != null) {
      boolean same = s.versionsOf(c.name()).stream().anyMatch(v -> v.seq() == keyed && same(v, c));
      return Optional.of(
          same
              ? new Decision.Repeated<>(keyed)
              : Decision.refuse(
                  "idempotency_key_reused",
                  "the Idempotency-Key was used for another playbook",
                  "use a new key"));
    }
    return s.latest(c.name())
        .filter(v -> !v.isShipped() && same(v, c))
        .map(v -> new Decision.Repeated<>(v.seq()));
  }

  private static boolean same(PlaybookVersion version, PublishPlaybook c) {
    return version.digest().equals(c.digest()) && version.signatures().equals(c.signatures());
  }

  private static Decision<CatalogueEvent> retire(CatalogueState s, RetirePlaybook c, Instant now) {
    Optional<PlaybookVersion> found = s.version(c.name(), c.version());
    if (found.isEmpty()) {
      return Decision.refuse(
          "playbook_not_found",
          "there is no version " + c.version() + " of \"" + c.name() + "\"",
          "list the catalogue");
    }
    PlaybookVersion.Retirement before = found.get().retired();
    if (before != null) {
      return new Decision.Repeated<>(before.seq());
    }
    if (c.reason().isBlank() || c.reason().length() > CatalogueRules.MAX_REASON) {
      return Decision.refuse(
          "retirement_reason",
          "a reason has 1 to " + CatalogueRules.MAX_REASON + " characters",
          "say why it is not to be used any more");
    }
    return Decision.accept(
        new PlaybookRetired(
            c.name(), c.version(), c.reason(), c.by().pseudonym(), now, c.by().sealed()));
  }

  @Override
  public CatalogueState apply(CatalogueState s, CatalogueEvent event) {
    if (event instanceof PlaybookPublished e) {
      int deepest =
          e.facts().calls().stream()
              .map(call -> s.byDigest().get(call))
              .mapToInt(called -> called == null ? 1 : called.depth())
              .max()
              .orElse(0);
      return s.published(
          new PlaybookVersion(
              e.name(),
              e.version(),
              e.digest(),
              e.facts(),
              e.signatures(),
              e.signers(),
              deepest + 1,
              s.seq() + 1,
              e.by(),
              e.at(),
              null),
          e.idempotencyKey());
    }
    if (event instanceof PlaybookRetired e) {
      // what an earlier release shipped and an operator retired may not be shipped any more
      return s.version(e.name(), e.version())
          .map(
              v ->
                  s.changed(
                      v.retired(
                          new PlaybookVersion.Retirement(e.reason(), e.by(), e.at(), s.seq() + 1))))
          .orElseGet(s::counted);
    }
    throw new IllegalStateException("unknown event " + event.getClass());
  }
}
