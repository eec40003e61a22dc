package witan.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import witan.codec.bundle.Bundle;
import witan.codec.bundle.BundleEntry;
import witan.codec.event.Family;
import witan.codec.hash.JcsContentHasher;
import witan.domain.adoption.AdoptionEvent;
import witan.domain.adoption.AdoptionRules;
import witan.domain.common.LogIndex;
import witan.log.checkpoint.Checkpoint;
import witan.log.proof.Proofs;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;
import witan.signing.StatementSignatures;

/**
 * The trees that a bundle's entries are in. The last is the checkpoint's; each one before it was
 * closed with the size and the root that entry 0 of the next names.
 */
final class Generations {
  private static final AdoptionRules RULES =
      new AdoptionRules(new StatementSignatures(), new JcsContentHasher());

  /** What it was closed with, or what the checkpoint says. */
  private record Tree(long size, Hash root) {}

  private final List<Tree> trees;
  private final List<Logged<AdoptionEvent.LogAdopted>> adoptions;

  private Generations(List<Tree> trees, List<Logged<AdoptionEvent.LogAdopted>> adoptions) {
    this.trees = List.copyOf(trees);
    this.adoptions = List.copyOf(adoptions);
  }

  /** Adds nothing to the report where the log has one generation. */
  static Optional<Generations> of(
      Bundle bundle, Checkpoint checkpoint, Trust trust, Checks report) {
    int last = trust.generationOf(checkpoint.origin());
    if (last < trust.generations().size()) {
      report.open(
          "generation",
          "the log was adopted since: whether "
              + trust.origin(last + 1)
              + " goes on from a tree that holds these entries was not looked up; export again");
    }
    return last == 0 && bundle.adoptions().isEmpty()
        ? Optional.of(
            new Generations(List.of(new Tree(checkpoint.size(), checkpoint.root())), List.of()))
        : report.find("generations", () -> closed(bundle, checkpoint, trust, last));
  }

  private static Found<Generations> closed(
      Bundle bundle, Checkpoint checkpoint, Trust trust, int last) {
    List<BundleEntry> lines = bundle.adoptions();
    CheckFailed.unless(
        lines.size() == last,
        lines.size() + " adoptions are shown, and the checkpoint is of generation " + last);
    List<Logged<AdoptionEvent.LogAdopted>> adoptions =
        EntryChecks.read(lines, AdoptionEvent.LogAdopted.class).value();
    List<Tree> trees = new ArrayList<>();
    trees.add(new Tree(checkpoint.size(), checkpoint.root()));
    for (int generation = last; generation > 0; generation--) {
      BundleEntry line = lines.get(generation - 1);
      AdoptionEvent.LogAdopted e = adoptions.get(generation - 1).event();
      CheckFailed.unless(
          line.index() == LogIndex.of(generation, 0)
              && e.origin().equals(trust.origin(generation))
              && e.oldOrigin().equals(trust.origin(generation - 1)),
          "entry 0 of generation " + generation + " goes on from another log than the trusted one");
      included(line, trees.get(0));
      trees.add(0, new Tree(e.oldSize(), Hash.of(e.oldRoot().bytes())));
    }
    EntryChecks.chain(adoptions, Family.ADOPTION.pid(bundle.electorate().councilId()));
    return new Found<>(
        new Generations(trees, adoptions),
        "the log is in its generation "
            + last
            + "; the trees before it were closed with "
            + trees.subList(0, last).stream().map(Tree::size).toList()
            + " entries");
  }

  /** How often the log was adopted. */
  int last() {
    return trees.size() - 1;
  }

  void included(BundleEntry line) {
    int generation = LogIndex.generation(line.index());
    CheckFailed.unless(
        line.index() >= 0 && generation < trees.size(),
        "entry " + line.index() + " is of no generation that is shown");
    included(line, trees.get(generation));
  }

  private static void included(BundleEntry line, Tree tree) {
    Hash leaf = Hashing.leaf(line.entry().getBytes(StandardCharsets.UTF_8));
    List<Hash> proof = line.proof().stream().map(d -> Hash.of(d.bytes())).toList();
    CheckFailed.unless(
        Proofs.verifyInclusion(
            LogIndex.inTree(line.index()), tree.size(), leaf, proof, tree.root()),
        "entry " + line.index() + " is not in the tree that it is said to be in");
  }

  /** Whether the members agreed to each adoption, by the registry where the tree was closed. */
  void agreed(Council council, Checks report) {
    List<Logged<AdoptionEvent.LogAdopted>> signed = new ArrayList<>();
    for (Logged<AdoptionEvent.LogAdopted> adoption : adoptions) {
      if (adoption.event().statements().isEmpty()) {
        report.open(
            "adoption",
            adoption.event().origin()
                + " was adopted without a member's statement, as the development profile allows");
      } else {
        signed.add(adoption);
      }
    }
    if (!signed.isEmpty()) {
      report.check("adoption", () -> agreed(council, signed));
      registryEnd(council, signed.get(signed.size() - 1), report);
    }
  }

  /** A revocation before the adoption may be left out at the end of the registry. */
  private static void registryEnd(
      Council council, Logged<AdoptionEvent.LogAdopted> adoption, Checks report) {
    if (council.entries().get(council.entries().size() - 1).index() < adoption.index()) {
      report.open(
          "adoption",
          "registry's end not looked up: no entry of it is shown that came after the adoption");
    }
  }

  private static String agreed(Council council, List<Logged<AdoptionEvent.LogAdopted>> signed) {
    int statements = 0;
    for (Logged<AdoptionEvent.LogAdopted> adoption : signed) {
      RULES
          .problem(council.history(), adoption.place(), adoption.event())
          .ifPresent(
              r -> {
                throw new CheckFailed(
                    adoption.event().origin() + ": " + r.code() + ": " + r.message());
              });
      statements += adoption.event().statements().size();
    }
    return signed.size()
        + " adoptions of the log were agreed to by "
        + statements
        + " members' statements";
  }
}
