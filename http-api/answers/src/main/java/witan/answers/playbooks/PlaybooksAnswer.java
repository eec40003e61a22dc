package witan.answers.playbooks;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the catalogue, by name.
 *
 * @param after where the next page begins; null on the last
 * @param catalogueSeq changes of the catalogue so far
 */
public record PlaybooksAnswer(List<PlaybookLine> items, @Nullable String after, long catalogueSeq) {

  /**
   * The version that rules and proposals get now, else the newest.
   *
   * @param versions how many there are of the name
   */
  public record PlaybookLine(@JsonUnwrapped PlaybookVersionAnswer version, int versions) {}
}
