package witan.codec.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static witan.codec.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import witan.codec.Arbitrary;
import witan.codec.json.JsonRefused;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseCommand.CheckDeadline;
import witan.domain.proposal.CaseCommand.DismissCase;
import witan.domain.registry.RegistryCommand;

class CommandCodecTest {
  private static final CommandCodec CODEC = new CommandCodec();

  @Test
  void everyCommandComesBack() {
    for (long seed = 0; seed < 50; seed++) {
      Arbitrary arbitrary = new Arbitrary(new Random(seed));
      for (Class<?> type : CommandCodec.types()) {
        Object command = arbitrary.record(type);
        assertEquals(
            command, CODEC.decode(type.getInterfaces()[0], CODEC.encode(command)), "seed " + seed);
      }
    }
  }

  @Test
  void theFormIsPlain() {
    assertEquals(
        "{\"command\":{\"reason\":\"no target\"},\"type\":\"DismissCase\",\"v\":1}",
        new String(CODEC.encode(new DismissCase("no target")), StandardCharsets.UTF_8));
  }

  @Test
  void otherFamiliesVersionsAndTypesAreRefused() {
    byte[] good = CODEC.encode(new CheckDeadline());
    assertRefused("command_unknown", () -> CODEC.decode(RegistryCommand.class, good));
    String text = new String(good, StandardCharsets.UTF_8);
    for (String bad :
        List.of(text.replace("\"v\":1", "\"v\":2"), text.replace("CheckDeadline", "Object"))) {
      assertRefused(
          "command_unknown",
          () -> CODEC.decode(CaseCommand.class, bad.getBytes(StandardCharsets.UTF_8)));
    }
    assertThrows(IllegalArgumentException.class, () -> CODEC.encode("CheckDeadline"));
  }

  @Test
  void mutatedBytesNeverDoWorseThanRefuse() {
    Random random = new Random(5);
    Arbitrary arbitrary = new Arbitrary(random);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      Class<?> type = CommandCodec.types().get(random.nextInt(CommandCodec.types().size()));
      byte[] bytes = CODEC.encode(arbitrary.record(type));
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        CODEC.decode(type.getInterfaces()[0], bytes);
      } catch (JsonRefused expected) {
        refused++;
      }
    }
    assertEquals(true, refused > 1_000, "refused " + refused + ", seed 5");
  }
}
