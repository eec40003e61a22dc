package witan.answers.ocsf;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.LeftOut;
import witan.domain.governance.Target;

/**
 * Remediation Activity, class 7001; times in milliseconds since the epoch.
 *
 * @param commandUid the fence that the effect carries
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record OcsfRemediationAnswer(
    int classUid,
    String className,
    int categoryUid,
    String categoryName,
    int activityId,
    String activityName,
    long typeUid,
    long time,
    long startTime,
    long endTime,
    int severityId,
    String severity,
    String commandUid,
    int statusId,
    String status,
    String statusDetail,
    String message,
    @LeftOut @Nullable List<OcsfCountermeasure> countermeasures,
    OcsfMetadata metadata,
    OcsfUnmapped unmapped) {

  /** What the action stands for in MITRE D3FEND. */
  public record OcsfCountermeasure(@JsonProperty("d3f_tactic") OcsfTactic tactic) {}

  /** By its name. */
  public record OcsfTactic(String name) {}

  /** What the class has no attribute for. */
  public record OcsfUnmapped(String step, int attempt, String action, Target target) {}
}
