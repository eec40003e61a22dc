package witan.domain.correlation;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import witan.domain.detection.Alert;
import witan.domain.detection.Resource;
import witan.domain.detection.ResourceKind;
import witan.domain.detection.Tactic;

/**
 * What else two cases may have in common than their resource. Each such thing has a correlation of
 * its own that knows the cases it came up in; its keys are no keys of resources.
 */
public final class Relations {
  /** How many steps of an attack apart two tactics are still neighbours. */
  private static final int NEIGHBOURHOOD = 2;

  /** Of a case with many alerts, so many keys are looked at; the newest alerts first. */
  private static final int MAX_KEYS = 200;

  /** How two cases are related, the closest first. */
  public enum Kind {
    /** The same resource: one case followed the other. */
    RESOURCE,
    /** The same user or service account. */
    PRINCIPAL,
    /** The same Kubernetes namespace: the next step is often next door. */
    NAMESPACE,
    /**
     * In the same cluster, on the same or the next day, a tactic that in an attack comes at most
     * two steps before or after: one case may be what the other led to.
     */
    KILL_CHAIN
  }

  private Relations() {}

  /** Keys under which an alert's case is to be found by others, besides its resource. */
  public static Map<String, Kind> keys(Alert alert) {
    Map<String, Kind> keys = shared(alert);
    for (Tactic tactic : alert.tactics()) {
      keys.put(tacticKey(alert, tactic, day(alert)), Kind.KILL_CHAIN);
    }
    return keys;
  }

  /** Keys by which cases related to these alerts' case are found. */
  public static Map<String, Kind> allKeys(List<Alert> alerts) {
    Map<String, Kind> keys = new LinkedHashMap<>();
    for (int i = alerts.size() - 1; i >= 0; i--) {
      Alert alert = alerts.get(i);
      Map<String, Kind> ofAlert = new LinkedHashMap<>();
      ofAlert.put(alert.resource().correlationKey(), Kind.RESOURCE);
      ofAlert.putAll(shared(alert));
      alert.tactics().forEach(tactic -> addNeighbours(ofAlert, alert, tactic));
      for (Map.Entry<String, Kind> key : ofAlert.entrySet()) {
        if (keys.size() == MAX_KEYS) {
          return keys;
        }
        keys.put(key.getKey(), key.getValue());
      }
    }
    return keys;
  }

  private static Map<String, Kind> shared(Alert alert) {
    Map<String, Kind> keys = new LinkedHashMap<>();
    Resource on = alert.resource();
    String principal = alert.principal();
    if (principal != null) {
      keys.put("principal|" + on.cluster() + "|" + principal, Kind.PRINCIPAL);
    } else if (on.kind() == ResourceKind.IDENTITY) {
      keys.put("principal|" + on.cluster() + "|" + on.name(), Kind.PRINCIPAL);
    }
    if (on.namespace() != null) {
      keys.put("namespace|" + on.cluster() + "|" + on.namespace(), Kind.NAMESPACE);
    }
    return keys;
  }

  private static void addNeighbours(Map<String, Kind> keys, Alert alert, Tactic tactic) {
    for (Tactic other : Tactic.values()) {
      int steps = tactic.stepsTo(other);
      if (steps > 0 && steps <= NEIGHBOURHOOD) {
        for (long days = -1; days <= 1; days++) {
          keys.put(tacticKey(alert, other, day(alert).plusDays(days)), Kind.KILL_CHAIN);
        }
      }
    }
  }

  /** With the day in it, so that what is over does not stand in the way of what is going on. */
  private static String tacticKey(Alert alert, Tactic tactic, LocalDate day) {
    return "tactic|" + alert.resource().cluster() + "|" + tactic + "|" + day;
  }

  private static LocalDate day(Alert alert) {
    return LocalDate.ofInstant(alert.ingestedAt(), ZoneOffset.UTC);
  }
}
