package witan.cluster.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import witan.cluster.client.ApiClient;
import witan.domain.governance.Urgency;

/**
 * A delegation that has not expired.
 *
 * @param urgencies of the cases that it counts for
 */
record DelegationNow(String delegator, String delegate, List<Urgency> urgencies, Instant until) {
  DelegationNow {
    urgencies = List.copyOf(urgencies);
  }

  /** All of them; of a delegate that is gone there is none any more. */
  static List<DelegationNow> read(ApiClient api, String token, Instant now)
      throws IOException, InterruptedException {
    List<DelegationNow> all = new ArrayList<>();
    for (JsonNode line : api.items("/v1/delegations", token)) {
      List<Urgency> urgencies = new ArrayList<>();
      line.path("urgencies").forEach(u -> urgencies.add(Urgency.valueOf(u.asText())));
      Instant until = Instant.ofEpochSecond(line.path("expiry").asLong());
      if (until.isAfter(now) && line.path("delegateAddress").isTextual()) {
        all.add(
            new DelegationNow(
                line.path("delegator").asText(), line.path("delegate").asText(), urgencies, until));
      }
    }
    return all;
  }

  static String words(List<Urgency> urgencies) {
    return urgencies.size() == Urgency.values().length
        ? "all cases"
        : String.join(
                " and ", urgencies.stream().map(u -> u.name().toLowerCase(Locale.ROOT)).toList())
            + " cases";
  }
}
