package witan.chain.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import witan.log.tree.Hash;

/** The encoding by hand against the compiler's ABI. */
class RegistryTest {
  private static final Hash HASH = Hash.of(new byte[32]);

  @Test
  void everyCallWeEncodeIsAFunctionOfTheContract() throws IOException {
    Set<String> selectors = new HashSet<>();
    for (String signature : signatures("function")) {
      selectors.add(Registry.selector(signature));
    }
    for (String call :
        List.of(
            Registry.head(),
            Registry.logId(),
            Registry.setAnchorer("0x" + "11".repeat(20)),
            Registry.setOwner("0x" + "11".repeat(20)),
            Registry.anchor(new AnchorRequest(0, 1, HASH, List.of())),
            Registry.verifyInclusion(HASH, 0, List.of(), 1))) {
      assertTrue(selectors.contains(call.substring(0, 10)), call);
    }
  }

  @Test
  void theEventIsTheContracts() throws IOException {
    assertTrue(signatures("event").contains("Anchored(uint64,bytes32,uint64,uint64)"));
    assertEquals(66, Registry.ANCHORED.length());
  }

  private static List<String> signatures(String kind) throws IOException {
    List<String> found = new ArrayList<>();
    try (InputStream in = Registry.class.getResourceAsStream("AnchorRegistry.abi")) {
      for (JsonNode item : new ObjectMapper().readTree(in)) {
        if (item.get("type").asText().equals(kind)) {
          List<String> types = new ArrayList<>();
          item.get("inputs").forEach(i -> types.add(i.get("type").asText()));
          found.add(item.get("name").asText() + "(" + String.join(",", types) + ")");
        }
      }
    }
    return found;
  }
}
