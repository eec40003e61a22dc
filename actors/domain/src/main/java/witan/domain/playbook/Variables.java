package witan.domain.playbook;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables in a text, {@code __name__:value}. */
public final class Variables {
  static final Pattern NAME = Pattern.compile("__[A-Za-z_][A-Za-z0-9_-]{0,199}?__");

  private static final Pattern USE = Pattern.compile("(" + NAME.pattern() + "):value");

  private Variables() {}

  public static Set<String> in(String text) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = USE.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** Where each use of one begins. */
  static Set<Integer> starts(String text) {
    Set<Integer> starts = new LinkedHashSet<>();
    Matcher matcher = USE.matcher(text);
    while (matcher.find()) {
      starts.add(matcher.start());
    }
    return starts;
  }

  /** One pass: what a value brings in is not looked at again. All names are in {@code values}. */
  public static String fill(String text, Map<String, String> values) {
    return USE.matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(values.getOrDefault(m.group(1), m.group())));
  }
}
