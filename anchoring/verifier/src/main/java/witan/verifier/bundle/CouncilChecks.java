package witan.verifier.bundle;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import witan.ballot.Eip712;
import witan.ballot.FoundingStruct;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.codec.hash.JcsContentHasher;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Electorate;
import witan.domain.governance.Electorates;
import witan.domain.governance.Policy;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.Charter;
import witan.domain.registry.FounderSignature;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryState;
import witan.verifier.report.CheckFailed;
import witan.verifier.report.Found;

/** That the weights come from the charter that is trusted. */
final class CouncilChecks {
  private static final JcsContentHasher HASHER = new JcsContentHasher();

  private CouncilChecks() {}

  /** The founding by the trusted charter, signed by every founder; the rules allow no other. */
  static Found<Council> founding(List<Logged<RegistryEvent>> registry, Digest trusted) {
    RegistryAggregate rules = new RegistryAggregate(HASHER);
    RegistryState state = rules.empty();
    for (Logged<RegistryEvent> logged : registry) {
      RegistryEvent event = logged.event();
      if (!(event instanceof RegistryEvent.CouncilFounded e)) {
        throw new CheckFailed("the registry holds a " + logged.entry().type());
      }
      RegistryCommand command =
          new RegistryCommand.FoundCouncil(e.charter(), e.signatures(), e.idempotencyKey());
      CheckFailed.unless(
          rules.decide(state, command, e.at()).equals(Decision.accept(event)),
          "the rules of a registry do not allow its number " + logged.entry().seq());
      state = rules.apply(state, event);
      signed(e, trusted);
    }
    Charter charter = state.charter();
    if (charter == null) {
      throw new CheckFailed("the registry has no founding");
    }
    return new Found<>(
        new Council(charter, state, registry.stream().map(Logged::index).toList()),
        "charter "
            + trusted
            + " is the trusted one, signed by all "
            + charter.seats().size()
            + " founders");
  }

  private static void signed(RegistryEvent.CouncilFounded e, Digest trusted) {
    Digest hash = HASHER.charter(e.charter());
    CheckFailed.unless(
        hash.equals(trusted) && hash.equals(e.charterHash()),
        "the council was founded by charter " + hash + ", trusted is " + trusted);
    byte[] separator = separator(e.charter().domain());
    for (FounderSignature founder : e.signatures()) {
      String address = founder.founder().hex();
      byte[] digest = new FoundingStruct(hash.hex(), address).digest(separator);
      String signer = Hex.of(Signatures.recover(digest, Hex.bytes(founder.signature(), 65)));
      CheckFailed.unless(
          signer.equals(address), "the signature of founder " + address + " is by " + signer);
    }
  }

  static byte[] separator(Eip712Domain domain) {
    return Eip712.domainSeparator(
        new Eip712.Domain(
            domain.name(), domain.version(), domain.chainId(), domain.verifyingContract().hex()));
  }

  /**
   * The weights, made again from the registry, are those of the bundle and those that the vote
   * opened with; the registry was in the log before the vote.
   */
  static String electorate(Council council, CaseFile file, Electorate claimed) {
    Instant firstAlert =
        file.first(CaseEvent.Proposed.class)
            .map(e -> e.event().at())
            .or(
                () ->
                    file.first(CaseEvent.AlertRecorded.class)
                        .map(e -> e.event().alert().ingestedAt()))
            .orElse(Instant.EPOCH);
    Optional<CaseFile.Numbered<CaseEvent.VotingOpened>> vote =
        file.first(CaseEvent.VotingOpened.class);
    Policy policy = vote.map(v -> v.event().policy()).orElse(null);
    Electorate made =
        Electorates.asOf(
                council.state(),
                firstAlert,
                policy == null ? Duration.ZERO : policy.minimumHolding(),
                policy == null ? claimed.weighting() : policy.weighting(),
                policy == null ? claimed.organisationCapBps() : policy.organisationCapBps(),
                claimed.urgency())
            .orElseThrow(() -> new CheckFailed("there is no electorate before the founding"));
    CheckFailed.unless(
        made.equals(claimed), "the registry gives other weights than the bundle's electorate");
    vote.ifPresent(v -> opened(v, made, council));
    BigInteger total = made.total();
    return made.electors().size()
        + " members hold "
        + total
        + " votes by the registry at its number "
        + made.registrySeq();
  }

  private static void opened(
      CaseFile.Numbered<CaseEvent.VotingOpened> vote, Electorate made, Council council) {
    CaseEvent.VotingOpened e = vote.event();
    CheckFailed.unless(
        e.content().snapshotDigest().equals(HASHER.electorate(made))
            && e.registrySeq() == made.registrySeq()
            && e.total().equals(made.total()),
        "the vote was opened with other weights than the registry gives");
    CheckFailed.unless(
        council.indexes().get((int) made.registrySeq() - 1) < vote.index(),
        "the vote is earlier in the log than the registry it counts by");
  }
}
