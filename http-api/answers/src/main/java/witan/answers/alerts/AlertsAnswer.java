package witan.answers.alerts;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * What became of the alerts of one body.
 *
 * @param omitted lines whose outcome is counted but not listed
 */
public record AlertsAnswer(
    @JsonUnwrapped AlertCounts counts, List<AlertLine> alerts, int omitted) {}
