package witan.answers.system;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.answers.playbooks.PlaybookProblem;
import witan.domain.common.LeftOut;

/**
 * A refusal; RFC 9457.
 *
 * @param problems of a playbook that was refused
 */
public record ProblemAnswer(
    String type,
    String title,
    int status,
    String code,
    String detail,
    String hint,
    String instance,
    @LeftOut @Nullable List<PlaybookProblem> problems) {}
