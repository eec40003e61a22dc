package witan.domain.detection;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A GuardDuty finding: camelCase as in EventBridge and exports, PascalCase as the API gives it.
 * GuardDuty sends a finding again with every update, under the same id. Findings name a tactic (the
 * first part of {@code type}) but no technique.
 */
final class GuardDutyNormaliser extends FormatNormaliser {
  GuardDutyNormaliser() {
    super("guardduty");
  }

  @Override
  boolean recognises(Map<?, ?> event) {
    return (event.get("type") instanceof String || event.get("Type") instanceof String)
        && (event.containsKey("accountId") || event.containsKey("AccountId"))
        && (event.get("resource") instanceof Map || event.get("Resource") instanceof Map)
        && (event.containsKey("severity") || event.containsKey("Severity"));
  }

  @Override
  public String mark() {
    return "\"accountId\", \"type\", \"severity\" and \"resource\", in either spelling";
  }

  @Override
  Normalised read(EventReader asSent, IngestContext context) throws AlertRefused {
    EventReader event = asSent.inBothSpellings();
    String rule = EventReader.required("type", event.name("type"));
    BigDecimal severity = event.number("severity");
    if (severity == null) {
      throw new AlertRefused(
          "alert_missing_field", "the event has no \"severity\"", "Send the whole event.");
    }
    String updated = event.text("updatedAt");
    String lastSeen = event.text("service.eventLastSeen");
    String time = lastSeen == null ? updated : lastSeen;
    Instant at = Times.iso8601(EventReader.required("service.eventLastSeen", time));
    String title = event.firstText("title", "description");
    Reading reading =
        new Reading(
            Reading.revision(event.name("id"), updated == null ? at : Times.iso8601(updated)),
            rule,
            title == null ? rule : title,
            severity(severity),
            resource(event.object("resource"), context),
            event.firstText(
                "resource.kubernetesDetails.kubernetesUserDetails.username",
                "resource.accessKeyDetails.userName",
                "resource.accessKeyDetails.principalId"),
            at,
            List.of());
    return outcome(reading, context, notAFinding(event));
  }

  /** 1.0-3.9 low, 4.0-6.9 medium, 7.0-8.9 high, 9.0-10.0 critical. */
  private static Severity severity(BigDecimal number) throws AlertRefused {
    if (number.signum() < 0 || number.compareTo(BigDecimal.TEN) > 0) {
      throw Severities.bad(number.toString(), "1.0 to 10.0.");
    }
    if (Severities.atLeast(number, 9)) {
      return Severity.CRITICAL;
    }
    if (Severities.atLeast(number, 7)) {
      return Severity.HIGH;
    }
    if (Severities.atLeast(number, 4)) {
      return Severity.MEDIUM;
    }
    return Severities.atLeast(number, 1) ? Severity.LOW : Severity.INFORMATIONAL;
  }

  private static @Nullable String notAFinding(EventReader event) throws AlertRefused {
    if (event.flag("service.archived")) {
      return "archived";
    }
    boolean additional = event.value("service.additionalInfo") instanceof Map;
    return additional && event.flag("service.additionalInfo.sample") ? "sample_finding" : null;
  }

  /** The most specific thing of those that a finding of any resource type may describe. */
  private static Resource resource(EventReader r, IngestContext context) throws AlertRefused {
    String cluster = context.cluster();
    String workload = r.name("kubernetesDetails.kubernetesWorkloadDetails.name");
    if (workload != null) {
      String type = r.name("kubernetesDetails.kubernetesWorkloadDetails.type");
      return Resources.kubernetes(
          cluster,
          r.name("kubernetesDetails.kubernetesWorkloadDetails.namespace"),
          type == null ? "workloads" : type,
          workload);
    }
    for (EventReader bucket : r.objects("s3BucketDetails")) {
      Resource named = Resources.cloud(cluster, "bucket", bucket.cloudName("name"));
      if (named != null) {
        return named;
      }
    }
    Resource cloud =
        Resources.cloud(
            cluster,
            r.firstCloudName(
                "lambdaDetails.functionArn",
                "rdsDbInstanceDetails.dbInstanceArn",
                "rdsDbInstanceDetails.dbInstanceIdentifier",
                "instanceDetails.instanceId"));
    if (cloud != null) {
      return cloud;
    }
    String container = r.firstName("containerDetails.id", "containerDetails.containerId");
    if (container != null) {
      return Resources.of(ResourceKind.CONTAINER, cluster, container);
    }
    cloud =
        Resources.cloud(
            cluster, r.firstCloudName("ecsClusterDetails.arn", "eksClusterDetails.arn"));
    if (cloud != null) {
      return cloud;
    }
    String identity =
        r.firstName(
            "accessKeyDetails.userName",
            "accessKeyDetails.principalId",
            "accessKeyDetails.accessKeyId");
    return identity == null
        ? Resources.unknown(context)
        : Resources.of(ResourceKind.IDENTITY, cluster, identity);
  }
}
