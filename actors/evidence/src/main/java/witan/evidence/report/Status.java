package witan.evidence.report;

/** What came of one check. */
public enum Status {
  OK("ok"),
  FAILED("FAILED"),
  /** It was not looked up: what holds is proven but for this. */
  OPEN("open"),
  /** It stands in nobody's way, or it does: see {@link Line#needed}. */
  NOT_CHECKED("not checked");

  private final String text;

  Status(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
