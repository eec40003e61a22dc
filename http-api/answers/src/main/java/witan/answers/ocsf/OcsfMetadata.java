package witan.answers.ocsf;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** What every event says of itself. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record OcsfMetadata(
    String version, OcsfProduct product, String uid, String correlationUid, long sequence) {

  /** Who reports. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record OcsfProduct(String name, String vendorName) {}
}
