package witan.domain.detection;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects ATT&amp;CK technique ids. An id is believed when it has the shape of one: ATT&amp;CK
 * adds techniques twice a year, and a table that is not renewed would drop the newest. Tactics
 * ({@code TA0005}) and everything else are passed over: a sensor's tags hold many things.
 */
final class Techniques {
  private static final int MAX = 32;

  /** {@code T1059}, {@code T1059.004}, {@code mitre_t1059}, {@code T1562-impair-defenses}. */
  private static final Pattern TAG =
      Pattern.compile("(?:mitre[_-]|attack\\.)?t(\\d{4})(?:[._](\\d{3}))?(?:[-_: ].{0,100})?");

  private static final Pattern URL =
      Pattern.compile("https?://attack\\.mitre\\.org/techniques/t(\\d{4})(?:/(\\d{3}))?/?");

  private final TreeSet<String> ids = new TreeSet<>();

  Techniques add(@Nullable String text) {
    if (text != null && text.length() <= EventReader.MAX_NAME && ids.size() < MAX) {
      String tag = text.strip().toLowerCase(Locale.ROOT);
      Matcher matcher = tag.startsWith("http") ? URL.matcher(tag) : TAG.matcher(tag);
      if (matcher.matches()) {
        String sub = matcher.group(2);
        ids.add("T" + matcher.group(1) + (sub == null ? "" : "." + sub));
      }
    }
    return this;
  }

  Techniques addAll(Collection<String> texts) {
    texts.forEach(this::add);
    return this;
  }

  /** Sorted, without duplicates. */
  List<String> ids() {
    return List.copyOf(ids);
  }
}
