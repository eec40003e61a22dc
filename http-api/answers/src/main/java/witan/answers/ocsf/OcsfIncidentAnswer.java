package witan.answers.ocsf;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.LeftOut;

/** Incident Finding, class 2005; times in milliseconds since the epoch. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record OcsfIncidentAnswer(
    int classUid,
    String className,
    int categoryUid,
    String categoryName,
    int activityId,
    String activityName,
    long typeUid,
    long time,
    int severityId,
    String severity,
    int statusId,
    String status,
    String statusDetail,
    String desc,
    int confidenceId,
    int priorityId,
    long startTime,
    long endTime,
    OcsfGroup assigneeGroup,
    List<OcsfFindingInfo> findingInfoList,
    List<OcsfAttack> attacks,
    OcsfMetadata metadata) {

  /** Who has it to do. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record OcsfGroup(String name, String uid, String type) {}

  /** An alert. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record OcsfFindingInfo(
      String uid,
      String title,
      long createdTime,
      OcsfAnalytic analytic,
      List<String> dataSources) {}

  /** What found it. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record OcsfAnalytic(String name, int typeId, String type) {}

  /** A technique of ATT&amp;CK. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record OcsfAttack(
      OcsfTechnique technique, @LeftOut @Nullable OcsfTechnique subTechnique) {}

  /** By its number. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record OcsfTechnique(String uid) {}
}
