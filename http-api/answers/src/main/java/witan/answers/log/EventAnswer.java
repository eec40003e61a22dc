package witan.answers.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.LeftOut;

/**
 * An event of the feed.
 *
 * @param erased true where its content was; else left out
 * @param event without what is named in {@code withheld}
 */
public record EventAnswer(
    long index,
    String pid,
    long seq,
    String type,
    @JsonProperty("case") @Nullable CaseId caseId,
    Instant at,
    String actor,
    @LeftOut @Nullable Boolean erased,
    @LeftOut @Nullable JsonNode event,
    List<String> withheld,
    AssuranceAnswer assurance) {}
