package witan.actors.planning;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.spi.ContentStore;
import witan.actors.spi.Entities;
import witan.actors.view.RegistryLog;
import witan.codec.hash.JcsContentHasher;
import witan.domain.api.Answer;
import witan.domain.api.Playbooks;
import witan.domain.api.Receipt;
import witan.domain.catalogue.CatalogueState;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.governance.Electorate;
import witan.domain.governance.Gravity;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignedBy;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ContentHasher;
import witan.domain.proposal.Electorates;
import witan.domain.proposal.SignatureCheck;
import witan.domain.proposal.SignedDraft;
import witan.domain.proposal.Snapshot;
import witan.domain.proposal.Unproposed;
import witan.domain.registry.Charter;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryState;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Who;
import witan.signing.BallotSignatures;

/**
 * From an observed case to an open vote: policy, electorate by the snapshot rule, options;
 * everything that the vote refers to by digest is in the content store before it opens. Idempotent:
 * killed anywhere, the next call does the same again. Thread-safe.
 */
public final class ResponsePlanning {
  private static final Logger LOG = LoggerFactory.getLogger(ResponsePlanning.class);
  private static final ContentHasher HASHER = new JcsContentHasher();
  private static final SignatureCheck SIGNATURES = new BallotSignatures();

  private final RegistryLog registry;
  private final VoteContents contents;
  private final OptionSource options;
  private final Playbooks playbooks;
  private final Entities entities;
  private final BlastRadii radii;
  private final Bonds bonds;
  private final Patience patience;
  private volatile boolean saidNoCouncil;

  /** Without dry runs. */
  public ResponsePlanning(
      RegistryLog registry,
      ContentStore content,
      OptionSource options,
      Playbooks playbooks,
      Entities entities) {
    this(
        registry,
        content,
        options,
        playbooks,
        entities,
        (caseId, chosen) -> CompletableFuture.completedFuture(Optional.empty()));
  }

  /** Without patience. */
  public ResponsePlanning(
      RegistryLog registry,
      ContentStore content,
      OptionSource options,
      Playbooks playbooks,
      Entities entities,
      BlastRadii radii) {
    this(registry, content, options, playbooks, entities, radii, Patience.NONE);
  }

  public ResponsePlanning(
      RegistryLog registry,
      ContentStore content,
      OptionSource options,
      Playbooks playbooks,
      Entities entities,
      BlastRadii radii,
      Patience patience) {
    this.registry = registry;
    this.contents = new VoteContents(content, playbooks);
    this.options = options;
    this.playbooks = playbooks;
    this.entities = entities;
    this.radii = radii;
    this.bonds = new Bonds(entities);
    this.patience = patience;
  }

  /** The state must be that of a case in OBSERVING. */
  public CompletionStage<Planned> plan(CaseId caseId, CaseState observed) {
    return registry
        .before(caseId)
        .thenCompose(
            found ->
                found.isEmpty()
                    ? waits(
                        WaitCode.LOG_BEHIND,
                        "this node has not read as far as the case's first entry",
                        Who.LOG)
                    : plan(caseId, observed, found.get()));
  }

  private CompletionStage<Planned> noCouncil(CaseId caseId) {
    if (!saidNoCouncil) {
      saidNoCouncil = true;
      LOG.warn("case {} waits: no council has been founded yet", caseId);
    }
    return waits(
        WaitCode.NO_COUNCIL,
        "no council has been founded yet that could vote; './witan council init' begins it",
        Who.OPERATOR);
  }

  private static CompletionStage<Planned> waits(WaitCode code, String detail, String who) {
    return CompletableFuture.completedFuture(new Planned.Waits(new Reason(code, detail, who)));
  }

  /** What the plan of a case stands on: what changed since is for later cases. */
  private record Beginning(
      CaseId caseId,
      CaseState observed,
      Snapshot snapshot,
      RegistryHistory history,
      RegistryState council,
      Charter charter) {}

  /** What a vote opens with. */
  private record Opening(
      List<OptionSource.Candidate> candidates,
      List<ResponseOption> options,
      PolicyTable.Choice rules,
      Electorate electorate) {}

  private CompletionStage<Planned> plan(
      CaseId caseId, CaseState observed, RegistryLog.Beginning logged) {
    CaseEvent.Proposed proposed = observed.proposed();
    if (observed.alerts().isEmpty() && proposed == null) {
      return waits(WaitCode.LOG_BEHIND, "no alert of the case is there yet", Who.LOG);
    }
    Snapshot snapshot = Snapshot.now(logged.first());
    RegistryState council = snapshot.rights(logged.history());
    Charter charter = council.charter();
    if (charter == null) {
      return noCouncil(caseId);
    }
    Beginning beginning =
        new Beginning(caseId, observed, snapshot, logged.history(), council, charter);
    return playbooks
        .current()
        .thenCompose(
            catalogue ->
                proposed != null
                    ? proposed(beginning, proposed.signed(), catalogue)
                    : options
                        .options(observed)
                        .thenCompose(
                            all ->
                                all.isEmpty()
                                    ? unproposed(beginning)
                                    : incident(beginning, all, catalogue)));
  }

  /** It is looked at again: a rule of a later start, or a later alert, may propose something. */
  private CompletionStage<Planned> unproposed(Beginning beginning) {
    CaseState observed = beginning.observed();
    Unproposed now =
        patience.of(observed, beginning.snapshot().time(), beginning.council().foundedAt());
    if (now instanceof Unproposed.Dismissed dismissed) {
      return send(beginning.caseId(), new CaseCommand.DismissCase(dismissed.reason()));
    }
    Instant until = ((Unproposed.Waits) now).until().truncatedTo(ChronoUnit.SECONDS);
    return waits(
        WaitCode.PROPOSAL_MISSING,
        "no rule proposes anything for this case: a member may until "
            + until
            + ", then it is closed",
        Who.MEMBERS);
  }

  /**
   * The policy is chosen by the options, and lets only some of them be voted on; what is left may
   * have another policy. Every round has fewer options.
   */
  private CompletionStage<Planned> incident(
      Beginning beginning, List<OptionSource.Candidate> candidates, CatalogueState catalogue) {
    if (candidates.isEmpty()) {
      return send(beginning.caseId(), new CaseCommand.DismissCase("playbook_unsigned"));
    }
    List<ResponseOption> chosen = candidates.stream().map(OptionSource.Candidate::option).toList();
    Opening opening =
        opening(
            beginning,
            Gravity.ofIncident(beginning.observed().alerts(), chosen),
            chosen,
            candidates);
    List<OptionSource.Candidate> signed =
        candidates.stream()
            .filter(
                c -> signed(catalogue, c.option(), opening.rules(), beginning.snapshot().time()))
            .toList();
    return signed.size() == candidates.size()
        ? open(beginning, opening)
        : incident(beginning, signed, catalogue);
  }

  /**
   * A member's proposal: its own options, whose playbooks are in use in the catalogue, and as grave
   * as the options say: the policy is chosen by that.
   */
  private CompletionStage<Planned> proposed(
      Beginning beginning, SignedDraft signed, CatalogueState catalogue) {
    CaseId caseId = beginning.caseId();
    Optional<Refusal> forged =
        SignedBy.problem(
            signed.proposer(),
            () ->
                SIGNATURES.recover(
                    beginning.charter().domain(), signed, HASHER.draft(signed.draft())));
    if (forged.isPresent()) {
      // before a bond is taken from whom the proposal names
      return send(caseId, new CaseCommand.DismissCase(forged.get().code()));
    }
    List<ResponseOption> own = signed.draft().options();
    Opening opening = opening(beginning, signed.draft().gravity(), own, List.of());
    if (opening.electorate().elector(signed.proposer()).isEmpty()) {
      return send(caseId, new CaseCommand.DismissCase("not_a_member"));
    }
    if (!own.stream().allMatch(o -> catalogue.inUse(o.playbookDigest()).isPresent())) {
      return send(caseId, new CaseCommand.DismissCase("unknown_playbook"));
    }
    if (!own.stream()
        .allMatch(o -> signed(catalogue, o, opening.rules(), beginning.snapshot().time()))) {
      return send(caseId, new CaseCommand.DismissCase("playbook_unsigned"));
    }
    return contents
        .candidates(own)
        .thenCompose(
            candidates ->
                ProposedOptions.unfit(candidates)
                    .map(code -> send(caseId, new CaseCommand.DismissCase(code)))
                    .orElseGet(
                        () ->
                            open(
                                beginning,
                                new Opening(
                                    candidates, own, opening.rules(), opening.electorate()))));
  }

  private static Opening opening(
      Beginning beginning,
      Gravity gravity,
      List<ResponseOption> chosen,
      List<OptionSource.Candidate> candidates) {
    PolicyTable.Choice rules =
        beginning
            .council()
            .choose(gravity)
            .orElseThrow(() -> new IllegalStateException("there is a policy for everything"));
    Policy policy = rules.policy();
    Electorate electorate =
        Electorates.asOf(
                beginning.history(),
                beginning.snapshot(),
                policy.minimumHolding(),
                policy.weighting(),
                policy.organisationCapBps(),
                gravity.urgency())
            .orElseThrow(() -> new IllegalStateException("a founded council has an electorate"));
    return new Opening(candidates, chosen, rules, electorate);
  }

  /** As the catalogue says; the executor verifies the signature itself before it acts. */
  private static boolean signed(
      CatalogueState catalogue, ResponseOption option, PolicyTable.Choice rules, Instant time) {
    Policy normal = rules.normal();
    return signed(catalogue, option, rules.policy(), time)
        && (normal == null || signed(catalogue, option, normal, time));
  }

  private static boolean signed(
      CatalogueState catalogue, ResponseOption option, Policy policy, Instant time) {
    return policy.playbookSigners().isEmpty()
        || catalogue.signedBy(option.playbookDigest(), policy.playbookSigners(), time);
  }

  /** The bond comes last, so that it stands for hardly anything but votes. */
  private CompletionStage<Planned> open(Beginning beginning, Opening opening) {
    return contents
        .store(opening.electorate(), opening.rules(), opening.candidates())
        .thenCompose(
            stored ->
                radius(beginning.caseId(), opening.options())
                    .thenCompose(
                        radius ->
                            bonded(
                                beginning, opening, opened(beginning, opening, stored, radius))));
  }

  /** The bond is the last step before the vote, so that it stands for hardly anything but votes. */
  private CompletionStage<Planned> bonded(
      Beginning beginning, Opening opening, CaseCommand.OpenVoting vote) {
    return bonds
        .post(
            beginning.caseId(),
            beginning.observed(),
            vote.policy().bond(),
            opening.electorate(),
            beginning.council())
        .thenCompose(
            posted -> {
              if (posted instanceof Bonds.Posted.Refused refused) {
                return send(beginning.caseId(), new CaseCommand.DismissCase(refused.code()));
              }
              return posted instanceof Bonds.Posted.Busy
                  ? waits(
                      WaitCode.ENTITY_BUSY,
                      "the registry, which takes the bond, does not answer",
                      Who.COUNCIL)
                  : send(beginning.caseId(), vote);
            });
  }

  private static CaseCommand.OpenVoting opened(
      Beginning beginning, Opening opening, Digest electorateDigest, Optional<Digest> radius) {
    Electorate electorate = opening.electorate();
    return new CaseCommand.OpenVoting(
        opening.options(),
        opening.rules().policy(),
        opening.rules().normal(),
        electorateDigest,
        electorate.registrySeq(),
        electorate.total(),
        beginning.charter().domain(),
        radius.orElse(null),
        opening.rules().provisionalContainment());
  }

  /** A crash after it costs nothing: the options are tried once more. */
  private CompletionStage<Optional<Digest>> radius(CaseId caseId, List<ResponseOption> chosen) {
    return chosen.isEmpty()
        ? CompletableFuture.completedFuture(Optional.empty())
        : radii.survey(caseId, chosen);
  }

  private CompletionStage<Planned> send(CaseId caseId, CaseCommand command) {
    return entities.toCase(caseId, command).thenApply(answer -> outcome(caseId, answer));
  }

  private static Planned outcome(CaseId caseId, Answer<Receipt> answer) {
    if (answer instanceof Answer.Declined<Receipt> declined) {
      LOG.warn("case {}: the vote was not opened: {}", caseId, declined.refusal());
      return new Planned.Waits(
          new Reason(
              WaitCode.COMMAND_REFUSED,
              "the vote was not opened: " + declined.refusal().message(),
              Who.OPERATOR));
    }
    return answer instanceof Answer.Done<Receipt>
        ? Planned.DONE
        : new Planned.Waits(
            new Reason(WaitCode.ENTITY_BUSY, "the case does not answer: " + answer, Who.COUNCIL));
  }
}
