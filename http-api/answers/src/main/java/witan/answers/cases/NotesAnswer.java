package witan.answers.cases;

import java.util.List;
import witan.answers.log.EventAnswer;
import witan.domain.common.CaseId;

/** The notes of a case, the oldest first. */
public record NotesAnswer(CaseId caseId, List<EventAnswer> items) {}
