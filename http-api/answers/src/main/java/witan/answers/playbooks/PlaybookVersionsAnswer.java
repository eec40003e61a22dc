package witan.answers.playbooks;

import java.util.List;

/** Every version of a name, the oldest first. */
public record PlaybookVersionsAnswer(List<PlaybookVersionAnswer> items) {}
