package witan.ballot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The cases of ethers.js whose domain has exactly our four fields; others have other domains. */
class Eip712CorpusTest {
  private static final Set<String> FOUR_FIELDS =
      Set.of("name", "version", "chainId", "verifyingContract");

  @Test
  void separatorsAndDigestsOfTheThreeCasesWithAllFourDomainFieldsAreThoseOfEthers()
      throws IOException {
    List<JsonNode> cases = fourFieldCases();
    assertEquals(3, cases.size(), "cases that apply");
    for (JsonNode testCase : cases) {
      // The file gives no separator; the digest pins it, given the encoded struct.
      byte[] structHash = Keccak256.hash(bytes(testCase.get("encoded")));
      byte[] digest = Eip712.digest(Eip712.domainSeparator(domain(testCase)), structHash);
      assertArrayEquals(bytes(testCase.get("digest")), digest, testCase.get("name").asText());
    }
  }

  @Test
  void theOneSignedCaseRecoversToTheSignersAddress() throws IOException {
    List<JsonNode> signed = fourFieldCases().stream().filter(c -> c.has("signature")).toList();
    assertEquals(1, signed.size(), "cases that apply");
    JsonNode testCase = signed.get(0);
    byte[] digest = bytes(testCase.get("digest"));
    byte[] key = bytes(testCase.get("privateKey"));
    assertArrayEquals(bytes(testCase.get("signature")), Signatures.sign(digest, key));
    assertArrayEquals(
        Signatures.addressOf(key), Signatures.recover(digest, bytes(testCase.get("signature"))));
  }

  private static Eip712.Domain domain(JsonNode testCase) {
    JsonNode domain = testCase.get("domain");
    return new Eip712.Domain(
        domain.get("name").asText(),
        domain.get("version").asText(),
        domain.get("chainId").asLong(),
        domain.get("verifyingContract").asText());
  }

  private static List<JsonNode> fourFieldCases() throws IOException {
    Path corpus =
        Path.of(
            System.getProperty(
                "witan.corpus", System.getProperty("witan.root", "") + "/../shared/corpus"));
    Path file = corpus.resolve("eip712/ethers.js/testcases/typed-data.json.gz");
    assumeTrue(Files.exists(file), "SKIPPED, the corpus is absent: " + file);
    List<JsonNode> found = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      for (JsonNode testCase : new ObjectMapper().readTree(in)) {
        Set<String> fields = new TreeSet<>();
        testCase.get("domain").fieldNames().forEachRemaining(fields::add);
        if (fields.equals(FOUR_FIELDS)) {
          found.add(testCase);
        }
      }
    }
    return found;
  }

  private static byte[] bytes(JsonNode hex) {
    return HexFormat.of().parseHex(hex.asText().substring(2));
  }
}
