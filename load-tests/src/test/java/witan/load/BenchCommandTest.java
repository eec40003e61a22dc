package witan.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
  @ParameterizedTest
  @CsvSource({"130, 7, 117", "8, 7, 7", "2, 1, 1"})
  void aCouncilOfEnoughMembersIsMeasured(int voters, int blocks, int hot) {
    assertEquals(hot, BenchCommand.hotVotes(voters, blocks));
  }

  /** The demo's council once ended in a stack trace, after all blocks were spent on warming up. */
  @ParameterizedTest
  @CsvSource({"7, 7, 6", "1, 1, 0", "0, 1, 0"})
  void aCouncilOfTooFewIsRefusedWithWhatWouldDo(int voters, int blocks, int most) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> BenchCommand.hotVotes(voters, blocks))
            .getMessage();

    assertTrue(said.startsWith("the council's " + voters + " members are too few"), said);
    assertTrue(said.endsWith("--blocks=" + most + " at most"), said);
  }
}
