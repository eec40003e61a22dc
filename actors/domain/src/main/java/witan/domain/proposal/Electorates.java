package witan.domain.proposal;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.governance.Weights;
import witan.domain.registry.Charter;
import witan.domain.registry.Member;
import witan.domain.registry.Member.Delegated;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryState;

/**
 * Makes electorates out of registries. Two versions of a registry make one, both found by the
 * case's {@link Snapshot}. <em>Weights</em> come from the version that was held for the minimum
 * holding time before the case. <em>Persons</em> come from the version just before the case: who
 * was removed, or whose key was revoked, does not vote, and a rotated key votes in its
 * predecessor's place. A delegation counts if it stood in both, and had not expired when the case
 * began. So nothing that was brought in within the holding time counts, and whatever was taken back
 * before the case is gone.
 */
public final class Electorates {
  /** The founding is always a registry's first event. */
  public static final long FOUNDING_SEQ = 1;

  private Electorates() {}

  /** A member of the snapshot with the key that it has now. */
  private record Line(Address address, Member member, Member now) {}

  /**
   * The electorate of a case. There is none before the founding, whose seats every founder signed,
   * so that a case that follows the founding at once is decided by the founders.
   *
   * @param snapshot where the case begins
   * @param organisationCapBps 1 to 10000
   * @return empty before the founding
   */
  public static Optional<Electorate> asOf(
      RegistryHistory history,
      Snapshot snapshot,
      Duration minimumHolding,
      Weighting weighting,
      int organisationCapBps,
      Urgency urgency) {
    RegistryState held = snapshot.weights(history, minimumHolding);
    Charter charter = held.charter();
    if (charter == null) {
      return Optional.empty();
    }
    List<Line> lines = lines(held, snapshot.rights(history));
    List<BigInteger> weights =
        capped(
            lines, weighted(lines, weighting, snapshot.valued(minimumHolding)), organisationCapBps);
    Map<String, Line> byMember = new HashMap<>();
    lines.forEach(line -> byMember.put(line.member().handle(), line));
    List<Elector> electors = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      electors.add(
          new Elector(
              line.address(),
              line.member().handle(),
              line.member().organisation(),
              weights.get(i),
              delegate(line, byMember, urgency, snapshot.time())));
    }
    return Optional.of(
        new Electorate(
            charter.councilId(),
            held.powerSeq(),
            weighting,
            organisationCapBps,
            urgency,
            electors));
  }

  /** The electorate that a charter founds: weighting {@code token}, no cap, no delegations. */
  public static Electorate founding(Charter charter) {
    return new Electorate(
        charter.councilId(),
        FOUNDING_SEQ,
        Weighting.TOKEN,
        Weights.WHOLE_BPS,
        Urgency.ROUTINE,
        charter.seats().stream()
            .filter(s -> !s.role().equals(Member.AUTOMATION))
            .map(s -> new Elector(s.address(), s.member(), s.organisation(), s.tokens(), null))
            .toList());
  }

  /** By address, the order in which remainders are given. */
  private static List<Line> lines(RegistryState held, RegistryState now) {
    List<Line> lines = new ArrayList<>();
    for (Member member : held.members().values()) {
      Member current = now.members().get(member.handle());
      Address address = current == null ? null : current.address();
      if (current != null
          && address != null
          && current.since() == member.since()
          && !member.role().equals(Member.AUTOMATION)) {
        lines.add(new Line(address, member, current));
      }
    }
    lines.sort(Comparator.comparing(line -> line.address().hex()));
    return lines;
  }

  private static List<BigInteger> weighted(List<Line> lines, Weighting weighting, Instant valued) {
    List<BigInteger> tokens = lines.stream().map(l -> l.member().power()).toList();
    return switch (weighting) {
      case TOKEN -> tokens;
      case REPUTATION ->
          lines.stream()
              .map(
                  l ->
                      l.member()
                          .power()
                          .multiply(l.member().reputation().at(valued).tier().quarters()))
              .toList();
      case SQRT -> perOrganisation(lines, tokens, Weights::root);
    };
  }

  private static List<BigInteger> capped(List<Line> lines, List<BigInteger> weights, int capBps) {
    List<BigInteger> organisations =
        organisations(lines).values().stream()
            .map(seats -> Weights.sum(seats.stream().map(weights::get).toList()))
            .toList();
    BigInteger ceiling = Weights.ceiling(organisations, capBps);
    return perOrganisation(lines, weights, ceiling::min);
  }

  /** Gives each organisation the weight that comes of its sum, shared over its seats. */
  private static List<BigInteger> perOrganisation(
      List<Line> lines, List<BigInteger> weights, UnaryOperator<BigInteger> rule) {
    List<BigInteger> result = new ArrayList<>(weights);
    for (List<Integer> seats : organisations(lines).values()) {
      List<BigInteger> own = seats.stream().map(weights::get).toList();
      BigInteger sum = Weights.sum(own);
      List<BigInteger> shares = Weights.apportion(rule.apply(sum), own);
      for (int i = 0; i < shares.size(); i++) {
        result.set(seats.get(i), shares.get(i));
      }
    }
    return result;
  }

  /** Positions of the lines of each organisation. */
  private static Map<String, List<Integer>> organisations(List<Line> lines) {
    Map<String, List<Integer>> organisations = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      organisations
          .computeIfAbsent(lines.get(i).member().organisation(), o -> new ArrayList<>())
          .add(i);
    }
    return organisations;
  }

  private static @Nullable Address delegate(
      Line line, Map<String, Line> byMember, Urgency urgency, Instant began) {
    Delegated delegated = line.member().delegated();
    if (delegated == null
        || !delegated.equals(line.now().delegated())
        || !delegated.covers(urgency)
        || delegated.expiry() <= began.getEpochSecond()) {
      return null;
    }
    Line delegate = byMember.get(delegated.delegate());
    return delegate == null || delegate.member().since() != delegated.delegateSince()
        ? null
        : delegate.address();
  }
}
