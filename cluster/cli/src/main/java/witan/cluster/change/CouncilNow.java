package witan.cluster.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.cluster.client.ApiClient;
import witan.cluster.client.CouncilJson;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.registry.Guardians;
import witan.domain.registry.Member;
import witan.domain.registry.SensorKey;
import witan.domain.stake.StakeProfile;

/**
 * The council as it is now: what a change is shown against, and where it takes what it leaves as it
 * is.
 *
 * @param members by name
 */
public record CouncilNow(
    List<Seated> members,
    List<Policy> policies,
    @Nullable PolicyTable table,
    Guardians guardians,
    List<SensorKey> sensors,
    BigInteger treasury,
    StakeProfile stake) {

  /**
   * A member.
   *
   * @param address the key that it votes with; null while it has none
   * @param tokens free ones
   */
  public record Seated(
      String name,
      String organisation,
      String role,
      @Nullable Address address,
      BigInteger tokens,
      BigInteger bonded) {

    /** What its weight is made of; nothing where it never votes. */
    public BigInteger power() {
      return role.equals(Member.AUTOMATION) ? BigInteger.ZERO : tokens.add(bonded);
    }
  }

  public CouncilNow {
    members = List.copyOf(members);
    policies = List.copyOf(policies);
    sensors = List.copyOf(sensors);
  }

  /** Asks the council. */
  public static CouncilNow read(ApiClient api, String token)
      throws IOException, InterruptedException {
    return of(
        api.get("/v1/council", token),
        api.items("/v1/members", token),
        api.get("/v1/guardians", token),
        api.get("/v1/sensors", token),
        api.get("/v1/stakes", token));
  }

  /**
   * Of the API's answers.
   *
   * @param members the lines of all pages
   */
  static CouncilNow of(
      JsonNode council,
      List<JsonNode> members,
      JsonNode guardians,
      JsonNode sensors,
      JsonNode stakes) {
    List<SensorKey> keys = new ArrayList<>();
    sensors.path("sensors").forEach(key -> keys.add(Json.read(SensorKey.class, key)));
    return new CouncilNow(
        members.stream().map(CouncilNow::seated).toList(),
        CouncilJson.policies(council),
        CouncilJson.table(council),
        CouncilJson.guardians(guardians),
        keys,
        number(stakes.path("treasury")),
        Json.read(StakeProfile.class, stakes.path("profile")));
  }

  /** Of a line of {@code /v1/members}. */
  static Seated seated(JsonNode line) {
    return new Seated(
        line.path("member").asText(),
        line.path("organisation").asText(),
        line.path("role").asText(),
        line.path("address").isTextual() ? new Address(line.path("address").asText()) : null,
        number(line.path("tokens")),
        number(line.path("bonded")));
  }

  private static BigInteger number(JsonNode power) {
    return new BigInteger(power.asText());
  }

  /** The member of that name, or that votes with that address. */
  public Optional<Seated> member(String nameOrAddress) {
    return members.stream()
        .filter(
            m ->
                m.name().equals(nameOrAddress)
                    || (m.address() != null && m.address().hex().equalsIgnoreCase(nameOrAddress)))
        .findFirst();
  }

  public Optional<Policy> policy(String name) {
    return policies.stream().filter(policy -> policy.name().equals(name)).findFirst();
  }

  /** The tokens behind all votes: those of members who vote. */
  public BigInteger total() {
    return total(members);
  }

  static BigInteger total(List<Seated> members) {
    return members.stream().map(Seated::power).reduce(BigInteger.ZERO, BigInteger::add);
  }
}
