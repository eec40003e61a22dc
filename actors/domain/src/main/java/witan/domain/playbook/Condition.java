package witan.domain.playbook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comparison of variables with texts: {@code __a__:value = 'x'} or {@code !=}, joined by AND or
 * by OR, not both. A part of the grammar of STIX patterns that CACAO 2.0 refers to. No step has an
 * output, so a condition is decided when the plan is made, by what was voted on.
 *
 * @param all whether every term must hold, or any
 */
public record Condition(List<Term> terms, boolean all) {
  private static final int MAX_TERMS = 20;
  private static final Pattern TERM =
      Pattern.compile(
          "\\s*(" + Variables.NAME.pattern() + "):value\\s*(!=|=)\\s*'([^'\\\\]{0,400})'\\s*");

  /** One comparison. */
  public record Term(String variable, boolean equal, String text) {
    boolean holds(Map<String, String> values) {
      return text.equals(values.get(variable)) == equal;
    }
  }

  public Condition {
    terms = List.copyOf(terms);
  }

  /** Empty where it is not of that grammar. */
  static Optional<Condition> parse(String text) {
    boolean and = text.contains("' AND ");
    if (and && text.contains("' OR ")) {
      return Optional.empty();
    }
    List<Term> terms = new ArrayList<>();
    for (String part : text.split(and ? "(?<=') AND " : "(?<=') OR ", -1)) {
      Matcher matcher = TERM.matcher(part);
      if (!matcher.matches() || terms.size() == MAX_TERMS) {
        return Optional.empty();
      }
      terms.add(new Term(matcher.group(1), matcher.group(2).equals("="), matcher.group(3)));
    }
    return Optional.of(new Condition(terms, and));
  }

  public Set<String> variables() {
    Set<String> names = new LinkedHashSet<>();
    terms.forEach(term -> names.add(term.variable()));
    return names;
  }

  /** All variables are in {@code values}. */
  public boolean holds(Map<String, String> values) {
    return all
        ? terms.stream().allMatch(term -> term.holds(values))
        : terms.stream().anyMatch(term -> term.holds(values));
  }
}
