package witan.answers.system;

/** Whether the process makes progress. */
public record LiveAnswer(boolean live) {}
