package witan.domain.detection;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OCSF, the native model: Detection Finding 2004, its deprecated predecessor Security Finding 2001,
 * Incident Finding 2005 and Data Security Finding 2006 are findings. Vulnerability, compliance and
 * posture findings are states, the classes of other categories plain events: recorded.
 */
final class OcsfNormaliser extends FormatNormaliser {
  private static final Map<Long, String> STATES =
      Map.of(2002L, "vulnerability", 2003L, "compliance_finding", 2007L, "posture_finding");

  /** {@code status_id}, and {@code state_id} of 2001, once nobody needs to act. */
  private static final Map<Long, String> SETTLED =
      Map.of(3L, "suppressed", 4L, "resolved", 5L, "archived", 6L, "deleted");

  /** Of an incident 3 is "on hold". */
  private static final Map<Long, String> SETTLED_INCIDENT = Map.of(4L, "resolved", 5L, "closed");

  private static final long INCIDENT = 2005;

  /** {@code severity_id} 0 to 6. */
  private static final List<Severity> SEVERITIES = List.of(Severity.values());

  private static final long OTHER = 99;
  private static final long CLOSE = 3;

  OcsfNormaliser() {
    super("ocsf");
  }

  @Override
  boolean recognises(Map<?, ?> event) {
    return event.get("class_uid") instanceof Long
        && (event.containsKey("category_uid") || event.containsKey("metadata"));
  }

  @Override
  public String mark() {
    return "\"class_uid\", and \"category_uid\" or \"metadata\"";
  }

  @Override
  Normalised read(EventReader event, IngestContext context) throws AlertRefused {
    long type = whole(event.number("class_uid"));
    EventReader info = info(event);
    boolean finding = type >= 2000 && type < 3000;
    String className = event.name("class_name");
    String title = info.text("title");
    String shown = title == null ? event.text("message") : title;
    String rule =
        event.firstText("finding_info.analytic.name", "analytic.name", "metadata.event_code");
    String told = rule == null ? shown : rule;
    String fallback = className == null ? "class " + type : className;
    Instant at = time(event);
    Reading reading =
        new Reading(
            id(event, info, at),
            EventReader.cut(oneLine(finding && told != null ? told : fallback), 300),
            shown == null ? fallback : shown,
            severity(event),
            OcsfResources.of(event, context),
            event.firstText("actor.user.name", "actor.user.uid", "user.name", "user.uid"),
            at,
            techniques(event, info),
            tactics(event, info));
    return outcome(reading, context, notAFinding(event, type));
  }

  /**
   * Of 2001 it is called {@code finding}; an incident lists several, of which the first is read.
   */
  private static EventReader info(EventReader event) throws AlertRefused {
    List<EventReader> listed = event.objects("finding_info_list");
    if (!event.has("finding_info") && !listed.isEmpty()) {
      return listed.get(0);
    }
    return event.has("finding_info") ? event.object("finding_info") : event.object("finding");
  }

  private static long whole(@Nullable BigDecimal number) {
    return number == null ? -1 : number.longValue();
  }

  /** A rule may be told by a title, in which people break lines. */
  private static String oneLine(String text) {
    return EventReader.cut(text, 1_000).replaceAll("[\\p{Cntrl}\u2028\u2029]+", " ").strip();
  }

  /** {@code metadata.uid} is of the event; {@code finding_info.uid} of all its revisions. */
  private static @Nullable String id(EventReader event, EventReader info, Instant at)
      throws AlertRefused {
    String own = event.cloudName("metadata.uid");
    return own == null ? Reading.revision(info.cloudName("uid"), at) : own;
  }

  /** Milliseconds by the schema; some producers write the text of {@code time_dt} there. */
  private static Instant time(EventReader event) throws AlertRefused {
    if (event.value("time") instanceof String text) {
      return Times.iso8601(text);
    }
    BigDecimal time = event.number("time");
    if (time != null) {
      return Times.epoch(time);
    }
    return Times.iso8601(EventReader.required("time", event.text("time_dt")));
  }

  private static Severity severity(EventReader event) throws AlertRefused {
    BigDecimal number = event.number("severity_id");
    Severity named = Severities.known(event.text("severity"));
    if (number == null || whole(number) == OTHER) {
      return named == null ? Severity.UNKNOWN : named;
    }
    if (number.signum() < 0 || Severities.atLeast(number, SEVERITIES.size())) {
      throw Severities.bad(number.toString(), "severity_id is 0 to 6, or 99.");
    }
    return SEVERITIES.get(number.intValue());
  }

  private static @Nullable String notAFinding(EventReader event, long type) throws AlertRefused {
    if (type < 2000 || type >= 3000) {
      return "ocsf_class_" + type;
    }
    String state = STATES.get(type);
    if (state != null) {
      return state;
    }
    String check = event.text("status_code");
    boolean checked =
        check != null && List.of("PASS", "FAIL", "MANUAL").contains(check.toUpperCase(Locale.ROOT));
    if (checked || event.has("compliance")) {
      return "compliance_finding";
    }
    Map<Long, String> settlings = type == INCIDENT ? SETTLED_INCIDENT : SETTLED;
    boolean byState = type == 2001 && event.has("state_id");
    String settled = settlings.get(whole(event.number(byState ? "state_id" : "status_id")));
    if (settled != null) {
      return settled;
    }
    return whole(event.number("activity_id")) == CLOSE ? "closed" : null;
  }

  private static List<Tactic> tactics(EventReader event, EventReader info) throws AlertRefused {
    Tactics tactics = new Tactics();
    for (EventReader holder : List.of(event, info)) {
      for (EventReader attack : holder.objects("attacks")) {
        tactics.add(attack.text("tactic.uid")).add(attack.text("tactic.name"));
        for (EventReader tactic : attack.objects("tactics")) {
          tactics.add(tactic.text("uid")).add(tactic.text("name"));
        }
      }
    }
    return tactics.list();
  }

  private static List<String> techniques(EventReader event, EventReader info) throws AlertRefused {
    Techniques techniques = new Techniques();
    for (EventReader holder : List.of(event, info)) {
      for (EventReader attack : holder.objects("attacks")) {
        techniques.add(attack.text("technique.uid")).add(attack.text("sub_technique.uid"));
        for (EventReader technique : attack.objects("techniques")) {
          techniques.add(technique.text("uid"));
        }
      }
    }
    return techniques.ids();
  }
}
