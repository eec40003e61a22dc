package witan.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnvilStateTest {
  @TempDir Path dir;

  /** F: a genesis that anvil made for itself; O: ours; 1: another block. */
  @ParameterizedTest
  @ValueSource(strings = {"O", "F", "FO", "OF", "OF1", "1OFF", "FF1O", "F1FOF", "FFF"})
  void onlyTheForeignGenesisBlocksGo(String blocks) throws IOException {
    Path state = Files.writeString(dir.resolve("state.json"), json(blocks));
    AnvilState.dropForeignGenesis(state, dir.resolve("tmp"));
    assertEquals(json(blocks.replace("F", "")), Files.readString(state));
  }

  private static String json(String blocks) {
    return "{\"best\":7,\"blocks\":["
        + String.join(",", blocks.chars().mapToObj(AnvilStateTest::block).toList())
        + "],\"transactions\":[]}";
  }

  private static String block(int kind) {
    return "{\"header\":{\"number\":\""
        + (kind == '1' ? "0x1" : "0x0")
        + "\",\"gasLimit\":\""
        + (kind == 'F' ? "0x1c9c380" : "0x1d7db16")
        + "\"},\"ommers\":[]}";
  }
}
