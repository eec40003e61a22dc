package witan.evidence;

import java.util.Optional;
import java.util.function.Supplier;

/** Runs checks one after the other and keeps what came of them. */
public interface Checks {
  /**
   * Runs a check. It fails by {@link CheckFailed} or by what readers throw at malformed content; it
   * could not be made by {@link CouldNotCheck}, or if the program itself stumbles, which must never
   * look like a proof nor like a disproof.
   *
   * @return what was found, if it holds
   */
  <T> Optional<T> find(String name, Supplier<Found<T>> check);

  /** As {@link #find}, of a check that gives nothing but its text. */
  default void check(String name, Supplier<String> check) {
    find(
        name,
        () -> {
          String text = check.get();
          return new Found<>(text, text);
        });
  }

  /** A needed check that cannot be made, since one before it failed. */
  void blocked(String name, String missing);

  /**
   * What was not looked up: the rest is proven but for this.
   *
   * @param name stable
   */
  void open(String name, String text);

  /** What nobody checked, and no verdict rests on. */
  void remark(String name, String text);

  /**
   * What it all comes to, for a person; shown where it is proven, and no verdict rests on it.
   *
   * @param about a few words
   */
  void words(String about, String text);
}
