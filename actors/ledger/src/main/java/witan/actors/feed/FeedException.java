package witan.actors.feed;

/** Something of the log is not believed. */
public final class FeedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FeedProblem problem;

  public FeedException(FeedProblem problem, String detail) {
    super(problem.code() + ": " + detail);
    this.problem = problem;
  }

  public FeedProblem problem() {
    return problem;
  }
}
