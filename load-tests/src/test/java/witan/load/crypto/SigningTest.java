package witan.load.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import witan.load.client.LoadClient;

/** The vector of the specification, made with ethers. */
class SigningTest {
  private static JsonNode json(String text) throws IOException {
    return LoadClient.JSON.readTree(text.replace('\'', '"'));
  }

  @Test
  void signsTheGoldenBallot() throws IOException {
    JsonNode domain =
        json(
            "{'name':'Incident Response DAO','version':'1','chainId':1337,"
                + "'verifyingContract':'0xcccccccccccccccccccccccccccccccccccccccc'}");
    JsonNode ballot =
        json(
            "{'proposalId':'"
                + "1".repeat(64)
                + "','proposalHash':'"
                + "2".repeat(64)
                + "','voter':'0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826','support':'FOR',"
                + "'optionMask':'5','nonce':1,'deadline':1893456000,'reasonHash':'"
                + "0".repeat(64)
                + "'}");
    Signer cow = new Signer(Hashes.keccak(Hashes.utf8("cow")));
    byte[] digest = TypedHash.vote(domain, ballot);

    assertEquals("0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826", cow.address());
    assertEquals(
        "64c67df09ef6f4ab7cb24ad5669dd93c2e01577156e82f224e00d64c277c489d", Hashes.hex(digest));
    assertEquals(
        "0x6b94304ce4a32a66d9950eebf3f6b30e97d260057f6a6af58b05fca7300cb229"
            + "69bd95b2d5728cf9cc7ca79132d3e8be78f3df9835df8a6c0e220cdf20f94ccf1b",
        cow.sign(digest));
  }

  @Test
  void refusesWhatIsNoKey() {
    assertThrows(IllegalArgumentException.class, () -> new Signer(new byte[32]));
    assertThrows(IllegalArgumentException.class, () -> new Signer(new byte[] {1}));
  }

  @Test
  void writesCanonicalJson() throws IOException {
    assertEquals(
        "{\"\":null,\"a\":[1,true,\"\u20ac\\u001f\\n\\\"\"],\"b\":{}}",
        new String(
            Jcs.bytes(json("{'b':{},'a':[1,true,'\u20ac\\u001f\\n\\\"'],'':null}")),
            java.nio.charset.StandardCharsets.UTF_8));
    JsonNode half = json("{'a':0.5}");
    assertThrows(IllegalArgumentException.class, () -> Jcs.bytes(half));
  }
}
