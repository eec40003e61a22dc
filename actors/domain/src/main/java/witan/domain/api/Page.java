package witan.domain.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next cursor of the next page; null at the end
 * @param asOf size of the log that the view has read
 */
public record Page<T>(List<T> items, @Nullable Long next, long asOf) {
  public Page {
    items = List.copyOf(items);
  }
}
