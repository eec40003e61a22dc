package witan.answers.playbooks;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a playbook.
 *
 * @param pointer JSON pointer into the document
 * @param step of the workflow, that it is in
 */
public record PlaybookProblem(String pointer, @Nullable String step, String code, String reason) {}
