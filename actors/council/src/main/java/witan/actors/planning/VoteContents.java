package witan.actors.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.ContentStore;
import witan.codec.json.Json;
import witan.domain.api.Playbooks;
import witan.domain.common.Digest;
import witan.domain.governance.Electorate;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.ResponseOption;

/** What a vote refers to by digest: it is in the content store before the vote opens. */
record VoteContents(ContentStore content, Playbooks playbooks) {
  /** With their documents, which the catalogue has for everything that is in use. */
  CompletionStage<List<OptionSource.Candidate>> candidates(List<ResponseOption> options) {
    CompletionStage<List<OptionSource.Candidate>> all =
        CompletableFuture.completedFuture(new ArrayList<>());
    for (ResponseOption option : options) {
      all =
          all.thenCombine(
              playbooks.document(option.playbookDigest()),
              (candidates, document) -> {
                candidates.add(
                    new OptionSource.Candidate(
                        option,
                        document.orElseThrow(
                            () ->
                                new IllegalStateException(
                                    "playbook " + option.playbookDigest() + " is not to be had"))));
                return candidates;
              });
    }
    return all;
  }

  /** Everything by digest; the answer is the electorate's. */
  CompletionStage<Digest> store(
      Electorate electorate, PolicyTable.Choice rules, List<OptionSource.Candidate> candidates) {
    List<CompletionStage<Digest>> puts = new ArrayList<>();
    puts.add(content.put(Json.canonical(rules.policy())));
    if (rules.normal() != null) {
      puts.add(content.put(Json.canonical(rules.normal())));
    }
    for (OptionSource.Candidate candidate : candidates) {
      puts.add(content.put(candidate.playbook()).thenApply(d -> expected(candidate, d)));
    }
    CompletionStage<Digest> last = content.put(Json.canonical(electorate));
    for (CompletionStage<Digest> put : puts) {
      last = last.thenCombine(put, (electorateDigest, other) -> electorateDigest);
    }
    return last;
  }

  private static Digest expected(OptionSource.Candidate candidate, Digest stored) {
    if (!stored.equals(candidate.option().playbookDigest())) {
      throw new IllegalStateException(
          "the playbook of \"" + candidate.option().title() + "\" is not the one it names");
    }
    return stored;
  }
}
