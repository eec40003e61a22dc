package witan.answers.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.api.Intake;
import witan.domain.common.CaseId;
import witan.domain.detection.Severity;
import witan.domain.governance.Corroboration;

/** What the case's sensors say together, and the cases that have to do with it. */
public record RelatedAnswer(
    @Nullable CaseId caseId,
    int sensors,
    Corroboration.Confidence confidence,
    Severity severity,
    Severity urgency,
    List<Intake.Related> related) {}
