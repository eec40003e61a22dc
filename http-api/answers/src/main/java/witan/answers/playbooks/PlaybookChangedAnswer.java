package witan.answers.playbooks;

import witan.answers.log.ReceiptAnswer;

/** A change of the catalogue. */
public record PlaybookChangedAnswer(PlaybookVersionAnswer playbook, ReceiptAnswer receipt) {}
