package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.cluster.change.CouncilNow;
import witan.cluster.client.ApiClient;
import witan.cluster.text.Roll;
import witan.domain.governance.ResponseOption;
import witan.domain.registry.Member;

/**
 * What a voter is told beside the proposal itself. Facts, responses and who votes with what weight
 * are checked against the digests that the ballot commits to; the rest is the council's word.
 *
 * @param caseAnswer the case as the council shows it
 * @param automation tokens of accounts that never vote, each with its name
 * @param council to compare a change of the council with; null where none is proposed
 */
record Dossier(
    Facts facts,
    JsonNode caseAnswer,
    Roll roll,
    List<Responses.Response> responses,
    List<String> automation,
    @Nullable CouncilNow council) {
  private static final int MOST_PAGES = 5;

  static Dossier read(ApiClient api, String token, Proposal proposal)
      throws IOException, InterruptedException {
    JsonNode answer = api.get("/v1/cases/" + proposal.content().caseId(), token);
    Facts facts = Facts.of(answer, proposal.content());
    Responses reading = new Responses(api, token);
    List<Responses.Response> responses = new ArrayList<>();
    for (ResponseOption option : proposal.options()) {
      responses.add(reading.of(option));
    }
    return new Dossier(
        facts,
        answer,
        proposal.roll(api, token),
        List.copyOf(responses),
        automation(api, token),
        proposal.governed() ? CouncilNow.read(api, token) : null);
  }

  /** Of a council with very many members nobody is named: that would take a minute. */
  private static List<String> automation(ApiClient api, String token)
      throws IOException, InterruptedException {
    List<String> accounts = new ArrayList<>();
    for (JsonNode line : api.items("/v1/members", token, MOST_PAGES).orElse(List.of())) {
      if (line.path("role").asText().equals(Member.AUTOMATION)) {
        BigInteger tokens = number(line.path("tokens")).add(number(line.path("bonded")));
        accounts.add(line.path("member").asText() + "'s " + tokens);
      }
    }
    return List.copyOf(accounts);
  }

  private static BigInteger number(JsonNode power) {
    return new BigInteger(power.asText("0"));
  }
}
