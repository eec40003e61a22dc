package witan.domain.detection;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A GuardDuty finding: camelCase as in EventBridge and exports, PascalCase as the API gives it.
 * GuardDuty sends a finding again with every update, under the same id. Findings name a tactic (the
 * first part of {@code type}); techniques only those of attack sequences do.
 */
final class GuardDutyNormaliser extends FormatNormaliser {
  /** Threat purposes that are a tactic by another name. */
  private static final Map<String, Tactic> PURPOSES =
      Map.of(
          "Recon", Tactic.RECONNAISSANCE,
          "Stealth", Tactic.DEFENSE_EVASION,
          "Backdoor", Tactic.COMMAND_AND_CONTROL,
          "CryptoCurrency", Tactic.IMPACT);

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
            resource(event, context),
            event.firstText(
                "resource.kubernetesDetails.kubernetesUserDetails.username",
                "resource.accessKeyDetails.userName",
                "resource.accessKeyDetails.principalId",
                "resource.rdsDbUserDetails.user"),
            at,
            techniques(event),
            tactics(event, rule));
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

  private static List<Tactic> tactics(EventReader event, String type) throws AlertRefused {
    String purpose = type.split(":", 2)[0];
    return new Tactics()
        .add(purpose)
        .add(Optional.ofNullable(PURPOSES.get(purpose)))
        .addAll(indicators(event, "ATTACK_TACTIC"))
        .list();
  }

  private static List<String> techniques(EventReader event) throws AlertRefused {
    return new Techniques().addAll(indicators(event, "ATTACK_TECHNIQUE")).ids();
  }

  /** What an attack sequence was told by. */
  private static List<String> indicators(EventReader event, String key) throws AlertRefused {
    List<String> values = new ArrayList<>();
    for (EventReader indicator : event.objects("service.detection.sequence.sequenceIndicators")) {
      if (key.equals(indicator.text("key"))) {
        values.addAll(indicator.texts("values"));
      }
    }
    return values;
  }

  private static @Nullable String notAFinding(EventReader event) throws AlertRefused {
    if (event.flag("service.archived")) {
      return "archived";
    }
    boolean additional = event.value("service.additionalInfo") instanceof Map;
    return additional && event.flag("service.additionalInfo.sample") ? "sample_finding" : null;
  }

  /** The most specific thing of those that a finding of any resource type may describe. */
  private static Resource resource(EventReader event, IngestContext context) throws AlertRefused {
    EventReader r = event.object("resource");
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
                "rdsLimitlessDbDetails.dbShardGroupArn",
                "ec2ImageDetails.imageArn",
                "ebsSnapshotDetails.snapshotArn",
                "recoveryPointDetails.recoveryPointArn",
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
            cluster,
            r.firstCloudName(
                "ecsClusterDetails.taskDetails.arn",
                "ecsClusterDetails.arn",
                "eksClusterDetails.arn"));
    if (cloud != null) {
      return cloud;
    }
    String identity =
        r.firstName(
            "accessKeyDetails.userName",
            "accessKeyDetails.principalId",
            "accessKeyDetails.accessKeyId");
    return identity == null
        ? ofSequence(event, context)
        : Resources.of(ResourceKind.IDENTITY, cluster, identity);
  }

  /** An attack sequence has no resource of its own, but all that it went through. */
  private static Resource ofSequence(EventReader event, IngestContext context) throws AlertRefused {
    for (EventReader resource : event.objects("service.detection.sequence.resources")) {
      Resource named = Resources.cloud(context.cluster(), resource.firstCloudName("uid", "name"));
      if (named != null) {
        return named;
      }
    }
    return Resources.unknown(context);
  }
}
