package witan.domain.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static TouchedObject object(String path, String uid, long generation) {
    return new TouchedObject("eu-1", path, uid, "1", generation, false);
  }

  private static OptionRadius radius(TouchedObject... objects) {
    return new OptionRadius(true, 1, List.of(), List.of(), List.of(), List.of(objects));
  }

  @Test
  void whatOnlyGotANewStatusHasNotDrifted() {
    TouchedObject later = new TouchedObject("eu-1", "/a", "u", "99", 3, false);

    Drift drift = Drift.between(radius(object("/a", "u", 3)), radius(later));

    assertEquals(new Drift(1, 0, 0, 0), drift);
    assertTrue(drift.within(0));
  }

  @Test
  void anotherObjectOfTheSameNameAnotherSpecAGoneOneAndANewOneCountOneEach() {
    OptionRadius voted =
        radius(
            object("/a", "1", 0), object("/b", "2", 5), object("/c", "3", 0), object("/d", "4", 0));
    OptionRadius found =
        radius(
            object("/a", "9", 0), object("/b", "2", 6), object("/d", "4", 0), object("/e", "5", 0));

    assertEquals(new Drift(4, 1, 1, 2), Drift.between(voted, found));
  }

  @Test
  void theSamePathInAnotherClusterIsAnotherObject() {
    TouchedObject elsewhere = new TouchedObject("us-1", "/a", "u", "1", 0, false);

    assertEquals(
        new Drift(1, 1, 1, 0), Drift.between(radius(object("/a", "u", 0)), radius(elsewhere)));
  }

  @Test
  void whatTheCaseItselfHasDoneIsNoDrift() {
    TouchedObject made = new TouchedObject("eu-1", "/policy", "new", "8", 1, true);

    assertEquals(
        new Drift(1, 0, 0, 0), Drift.between(radius(object("/policy", "", 0)), radius(made)));
  }

  @Test
  void theBoundIsExact() {
    Drift one = new Drift(4, 1, 0, 0);

    assertTrue(one.within(2_500));
    assertFalse(one.within(2_499));
    assertFalse(new Drift(0, 0, 1, 0).within(10_000), "more than nothing was voted on");
    assertTrue(new Drift(0, 0, 0, 0).within(0));
  }

  @Test
  void anEffectIsHeldAgainstWhatWasVotedOn() {
    OptionRadius voted = radius(object("/a", "1", 0), object("/b", "2", 0));

    Drift drift =
        Drift.ofEffect(
            voted, Set.of("eu-1 /a", "eu-1 /c", "eu-1 /list"), Set.of("eu-1 /a", "eu-1 /c"));

    assertEquals(new Drift(2, 1, 1, 0), drift);
  }
}
