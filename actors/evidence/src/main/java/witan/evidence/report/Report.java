package witan.evidence.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import witan.ballot.BallotException;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.evidence.CheckFailed;
import witan.evidence.Checks;
import witan.evidence.CouldNotCheck;
import witan.evidence.Found;

/** Runs checks one after the other and keeps what came of them. Not thread-safe. */
public final class Report implements Checks {
  private static final int MAX_TEXT = 500;

  private final String subject;
  private final List<Line> lines = new ArrayList<>();
  private final List<String> table = new ArrayList<>();
  private final Map<String, String> words = new LinkedHashMap<>();

  /**
   * An empty report, which proves nothing.
   *
   * @param subject what is looked at, for a person: a command and a file
   */
  public Report(String subject) {
    this.subject = cleaned(subject);
  }

  @Override
  public <T> Optional<T> find(String name, Supplier<Found<T>> check) {
    try {
      Found<T> found = check.get();
      add(name, Status.OK, true, found.text());
      return Optional.of(found.value());
    } catch (CouldNotCheck e) {
      add(name, Status.NOT_CHECKED, true, said(e));
    } catch (CheckFailed | JsonRefused | BallotException | IllegalArgumentException e) {
      add(name, Status.FAILED, true, said(e));
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      // An answer all the same: an end without one would read as a disproof.
      add(name, Status.NOT_CHECKED, true, "the program could not go on: " + e);
    }
    return Optional.empty();
  }

  @Override
  public void blocked(String name, String missing) {
    add(name, Status.NOT_CHECKED, true, "it needs " + missing);
  }

  @Override
  public void open(String name, String text) {
    add(name, Status.OPEN, true, text);
  }

  @Override
  public void remark(String name, String text) {
    add(name, Status.NOT_CHECKED, false, text);
  }

  @Override
  public void words(String about, String text) {
    words.put(about, oneLine(text));
  }

  /** Below the checks; what is not proven is not told. */
  private String inWords() {
    StringBuilder text = new StringBuilder();
    if (!words.isEmpty() && proven()) {
      text.append("In words\n");
      words.forEach(
          (about, said) ->
              text.append(String.format("  %-16s", about + ":")).append(said).append('\n'));
      lines.stream()
          .filter(l -> l.status() == Status.OPEN)
          .forEach(
              l ->
                  text.append(String.format("  %-16s", "nor:"))
                      .append(l.name() + ", " + l.text())
                      .append('\n'));
    }
    return text.toString();
  }

  private boolean proven() {
    return verdict() == Verdict.PROVEN || verdict() == Verdict.PROVEN_BUT_FOR;
  }

  /** Lines to print below the checks. */
  public void table(List<String> rows) {
    rows.forEach(row -> table.add(oneLine(row)));
  }

  private void add(String name, Status status, boolean needed, String text) {
    lines.add(new Line(name, status, needed, oneLine(text)));
  }

  /** Names and titles are others' text: they must not draw lines of their own. */
  private static String cleaned(String text) {
    return text.strip().replaceAll("[\\p{Cntrl}\\p{Cf}\u2028\u2029]+", " ");
  }

  /** One line that may be printed, of anything. */
  public static String line(String text) {
    return oneLine(text);
  }

  private static String oneLine(String text) {
    String line = cleaned(text);
    return line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) : line;
  }

  private static String said(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }

  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /**
   * Disproved by any failed check, proven if every needed one holds and there is one, but for what
   * is {@link #open}.
   */
  public Verdict verdict() {
    if (lines.stream().anyMatch(l -> l.status() == Status.FAILED)) {
      return Verdict.DISPROVED;
    }
    boolean all = lines.stream().noneMatch(l -> l.needed() && l.status() == Status.NOT_CHECKED);
    boolean some = lines.stream().anyMatch(l -> l.status() == Status.OK);
    if (!all || !some) {
      return Verdict.COULD_NOT_CHECK;
    }
    return open().isEmpty() ? Verdict.PROVEN : Verdict.PROVEN_BUT_FOR;
  }

  /** Names of what was not looked up, in the order of the checks. */
  public List<String> open() {
    return lines.stream()
        .filter(l -> l.status() == Status.OPEN)
        .map(Line::name)
        .distinct()
        .toList();
  }

  private String answer() {
    return verdict() == Verdict.PROVEN_BUT_FOR
        ? verdict().text() + ": " + String.join(", ", open())
        : verdict().text();
  }

  /** A line for each check, what it comes to in words, and one for the verdict. */
  public String text() {
    StringBuilder text = new StringBuilder(subject).append('\n');
    for (Line line : lines) {
      String status = String.format("%-11s", line.status().text());
      text.append(status).append(" | ").append(String.format("%-12s", line.name()));
      text.append(" | ").append(line.text()).append('\n');
    }
    table.forEach(row -> text.append("  ").append(row).append('\n'));
    return text.append(inWords()).append(answer()).append('\n').toString();
  }

  /** The same as one canonical JSON document. */
  public String json() {
    List<Map<String, Object>> checks = new ArrayList<>();
    for (Line line : lines) {
      Map<String, Object> check = new LinkedHashMap<>();
      check.put("name", line.name());
      check.put("status", line.status().text());
      check.put("needed", line.needed());
      check.put("text", line.text());
      checks.add(check);
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("subject", subject);
    report.put("verdict", verdict().text());
    report.put("exitCode", verdict().exitCode());
    report.put("open", open());
    report.put("checks", checks);
    report.put("table", table);
    report.put("words", proven() ? words : Map.of());
    JsonNode document = Json.mapper().valueToTree(report);
    return new String(Json.canonical(document), StandardCharsets.UTF_8) + "\n";
  }
}
