package witan.domain.detection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert as Microsoft's APIs give it: of the Graph security API ({@code alerts_v2}), of its first
 * generation, which names its {@code vendorInformation}, and of Defender for Endpoint, which names
 * its {@code alertCreationTime}. All three are sent again, under the same id, when they change.
 */
final class GraphAlert {

  private GraphAlert() {}

  static boolean is(Map<?, ?> event) {
    return event.get("title") instanceof String
        && event.containsKey("severity")
        && ((event.containsKey("serviceSource") && event.containsKey("createdDateTime"))
            || event.get("vendorInformation") instanceof Map
            || event.containsKey("alertCreationTime"));
  }

  static Reading read(EventReader alert, IngestContext context) throws AlertRefused {
    String title = EventReader.required("title", alert.text("title"));
    String rule = alert.firstText("detectorId", "detectionSource", "category");
    Instant at =
        Times.iso8601(
            EventReader.required(
                "createdDateTime",
                alert.firstText(
                    "lastActivityDateTime",
                    "eventDateTime",
                    "lastEventTime",
                    "createdDateTime",
                    "alertCreationTime")));
    String changed =
        alert.firstText("lastUpdateDateTime", "lastModifiedDateTime", "lastUpdateTime");
    String named = EventReader.checked("detectorId", rule, EventReader.MAX_NAME);
    return new Reading(
        Reading.revision(alert.name("id"), changed == null ? at : Times.iso8601(changed)),
        named == null ? EventReader.cut(title, EventReader.MAX_NAME) : named,
        title,
        severity(EventReader.required("severity", alert.text("severity"))),
        resource(alert, context),
        principal(alert),
        at,
        new Techniques().addAll(alert.texts("mitreTechniques")).ids(),
        new Tactics().add(alert.text("category")).list());
  }

  /** New and {@code inProgress} ask for somebody; the others do not. */
  static @Nullable String notAFinding(EventReader alert) throws AlertRefused {
    String status = alert.text("status");
    String lower = status == null ? "" : status.toLowerCase(Locale.ROOT);
    return lower.equals("resolved") || lower.equals("dismissed") ? lower : null;
  }

  private static Severity severity(String name) throws AlertRefused {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean none = lower.equals("unspecified") || lower.equals("unknownfuturevalue");
    return none ? Severity.UNKNOWN : Severities.named(name);
  }

  private static Resource resource(EventReader alert, IngestContext context) throws AlertRefused {
    String cluster = context.cluster();
    for (EventReader pod : evidence(alert, List.of("kubernetespodevidence"))) {
      String name = pod.name("name");
      if (name != null) {
        return Resources.pod(cluster, pod.name("namespace.name"), name);
      }
    }
    for (EventReader container : evidence(alert, List.of("containerevidence"))) {
      String name = container.name("pod.name");
      if (name != null) {
        return Resources.pod(cluster, container.name("pod.namespace.name"), name);
      }
      String id = container.firstName("containerId", "name");
      if (id != null) {
        return Resources.of(ResourceKind.CONTAINER, cluster, id);
      }
    }
    String host = host(alert);
    if (host != null) {
      return Resources.of(ResourceKind.HOST, cluster, host);
    }
    for (EventReader evidence : alert.objects("evidence")) {
      Resource cloud =
          Resources.cloud(
              cluster,
              evidence.firstCloudName("resourceId", "amazonResourceId", "fullResourceName"));
      if (cloud != null) {
        return cloud;
      }
    }
    String user = EventReader.checked("userPrincipalName", principal(alert), EventReader.MAX_NAME);
    return user == null
        ? Resources.unknown(context)
        : Resources.of(ResourceKind.IDENTITY, cluster, user);
  }

  private static @Nullable String host(EventReader alert) throws AlertRefused {
    for (EventReader device : evidence(alert, List.of("deviceevidence"))) {
      String name = device.firstName("deviceDnsName", "hostName", "mdeDeviceId");
      if (name != null) {
        return name;
      }
    }
    for (EventReader state : alert.objects("hostStates")) {
      String name = state.firstName("fqdn", "netBiosName", "privateIpAddress");
      if (name != null) {
        return name;
      }
    }
    return alert.firstName("computerDnsName", "machineId");
  }

  private static @Nullable String principal(EventReader alert) throws AlertRefused {
    for (EventReader user : evidence(alert, List.of("userevidence", "mailboxevidence"))) {
      String name = user.firstText("userAccount.userPrincipalName", "userAccount.accountName");
      if (name != null) {
        return name;
      }
    }
    for (EventReader state : alert.objects("userStates")) {
      String name = state.firstText("userPrincipalName", "accountName");
      if (name != null) {
        return name;
      }
    }
    return alert.value("relatedUser") instanceof Map ? alert.text("relatedUser.userName") : null;
  }

  /** By the last part of {@code @odata.type}, {@code #microsoft.graph.security.deviceEvidence}. */
  private static List<EventReader> evidence(EventReader alert, List<String> types)
      throws AlertRefused {
    List<EventReader> found = new ArrayList<>();
    for (EventReader evidence : alert.objects("evidence")) {
      String type = evidence.text("@odata.type");
      String last = type == null ? "" : type.substring(type.lastIndexOf('.') + 1);
      if (types.contains(last.toLowerCase(Locale.ROOT))) {
        found.add(evidence);
      }
    }
    return found;
  }
}
