package witan.domain.response;

import java.util.ArrayList;
import java.util.List;
import witan.domain.detection.Alert;
import witan.domain.detection.ResourceKind;
import witan.domain.detection.Severity;
import witan.domain.governance.Corroboration;

/**
 * When a playbook is proposed. All conditions hold together; an empty list asks for nothing.
 *
 * @param id stable, for people and for the evaluation
 * @param atLeast of the alert itself
 * @param techniques ATT&amp;CK ids, one of which the alert names; a technique includes its
 *     sub-techniques
 * @param kinds of resource
 * @param clusters names, or beginnings followed by {@code *}
 * @param formats names of {@link witan.domain.detection.Formats}
 * @param confidence that the case's alerts reach together
 * @param playbook name of a playbook at hand
 */
public record ResponseRule(
    String id,
    Severity atLeast,
    List<String> techniques,
    List<ResourceKind> kinds,
    List<String> clusters,
    List<String> formats,
    Corroboration.Confidence confidence,
    String playbook) {
  private static final int MOST = 200;

  public ResponseRule {
    techniques = List.copyOf(techniques);
    kinds = List.copyOf(kinds);
    clusters = List.copyOf(clusters);
    formats = List.copyOf(formats);
    if (!id.matches("[a-z0-9][a-z0-9-]{0,63}") || !playbook.matches("[a-z0-9][a-z0-9-]{0,63}")) {
      throw new IllegalArgumentException(
          "\"" + id + "\" and its playbook have names of a-z, 0-9 and -, at most 64 long");
    }
    for (String technique : techniques) {
      if (!technique.matches("T\\d{4}(\\.\\d{3})?")) {
        throw new IllegalArgumentException(id + ": no technique id: " + technique);
      }
    }
    if (Math.max(techniques.size(), Math.max(clusters.size(), formats.size())) > MOST) {
      throw new IllegalArgumentException(id + ": a list has more than " + MOST + " entries");
    }
  }

  /**
   * One condition, met or not.
   *
   * @param asks in words
   */
  public record Condition(boolean met, String asks) {}

  /** Each condition that the rule makes, in order, for one alert of a case. */
  public List<Condition> conditions(Alert alert, Corroboration all) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(
        new Condition(
            alert.severity().compareTo(atLeast) >= 0,
            "severity " + alert.severity() + " is at least " + atLeast));
    if (!techniques.isEmpty()) {
      boolean met =
          techniques.stream().anyMatch(t -> alert.techniques().stream().anyMatch(a -> isOf(a, t)));
      conditions.add(
          new Condition(
              met, "one of " + alert.techniques() + " is or is below one of " + techniques));
    }
    if (!kinds.isEmpty()) {
      ResourceKind kind = alert.resource().kind();
      conditions.add(
          new Condition(kinds.contains(kind), "resource kind " + kind + " is one of " + kinds));
    }
    if (!clusters.isEmpty()) {
      String cluster = alert.resource().cluster();
      boolean met = clusters.stream().anyMatch(pattern -> fits(pattern, cluster));
      conditions.add(new Condition(met, "cluster " + cluster + " is one of " + clusters));
    }
    if (!formats.isEmpty()) {
      conditions.add(
          new Condition(
              formats.contains(alert.format()),
              "format " + alert.format() + " is one of " + formats));
    }
    conditions.add(
        new Condition(
            all.confidence().compareTo(confidence) >= 0,
            "confidence "
                + all.confidence()
                + " ("
                + all.sensors()
                + " sensors) is at least "
                + confidence));
    return conditions;
  }

  /** Whether it fires for one alert of a case. */
  public boolean fires(Alert alert, Corroboration all) {
    return conditions(alert, all).stream().allMatch(Condition::met);
  }

  private static boolean isOf(String named, String technique) {
    return named.equals(technique) || named.startsWith(technique + ".");
  }

  private static boolean fits(String pattern, String text) {
    return pattern.endsWith("*")
        ? text.startsWith(pattern.substring(0, pattern.length() - 1))
        : text.equals(pattern);
  }
}
