package witan.cluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import witan.cluster.StartException;

class ClockSkewTest {
  @Test
  void namesTheNodesWhoseClocksAreWrong() {
    ClockSkew skew = ClockSkew.parse("2=+2s, 3=-1.5s");

    assertEquals(Map.of(2, "+2s", 3, "-1.5s"), skew.offsets());
    assertEquals(Map.of(), skew.environment(1), "a right clock needs nothing");
    assertEquals(Map.of(), ClockSkew.parse("").offsets());
  }

  @Test
  void refusesWhatIsNoOffset() {
    for (String text : List.of("2", "2=2s", "=+2s", "0=+2s", "2=+2s,", "2=+2m", "2=+2s;rm")) {
      assertThrows(StartException.class, () -> ClockSkew.parse(text), text);
    }
  }
}
