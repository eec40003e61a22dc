package witan.cluster.it.traitor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.Seat;
import witan.domain.reputation.Gain;
import witan.domain.reputation.Verdict;
import witan.domain.reputation.VerdictFacts;
import witan.domain.stake.BondFacts;
import witan.domain.stake.BondOutcome;

/** What the node that holds the registry can have logged, without any case behind it. */
final class RegistryActs {
  private static final CaseId NOBODYS = new CaseId("c-" + "0".repeat(26));

  private final Reach reach;

  RegistryActs(Reach reach) {
    this.reach = reach;
  }

  private ObjectNode append(RegistryEvent... events) {
    return Words.done(reach.append("registry|" + reach.council(), List.of(events)));
  }

  ObjectNode admit(Words words) {
    Seat seat =
        new Seat(
            words.text("member"),
            "nobody's",
            "analyst",
            new Address(words.text("address")),
            new BigInteger(words.text("tokens")));
    return append(
        new RegistryEvent.ChangeApplied(
            NOBODYS, Digest.ZERO, new RegistryChange.AdmitMembers(List.of(seat)), Copy.now()));
  }

  /** All that the member has is posted, and lost. */
  ObjectNode slash(Words words) {
    BigInteger tokens = new BigInteger(words.text("tokens"));
    return append(
        new RegistryEvent.BondPosted(NOBODYS, words.text("member"), tokens, Copy.now()),
        new RegistryEvent.BondSettled(
            NOBODYS,
            new BondFacts(BondOutcome.REJECTED, tokens, tokens, tokens),
            tokens,
            Copy.now()));
  }

  ObjectNode moveReputation(Words words) {
    return append(
        new RegistryEvent.VerdictRecorded(
            NOBODYS,
            0,
            new VerdictFacts(Verdict.TRUE_POSITIVE, words.text("member"), List.of(), List.of()),
            List.of(new Gain(words.text("member"), 1_000)),
            Copy.now(),
            1L));
  }
}
