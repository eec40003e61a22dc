package witan.load.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the nodes complained of themselves: their counters are gone when they die. */
public final class NodeLogs {
  private NodeLogs() {}

  /** Two writers of one entity are sorted out and counted; an alarm means that rows contradict. */
  public static Verdict check(List<Path> logs) throws IOException {
    Verdict.Builder verdict = new Verdict.Builder("alarms");
    long conflicts = 0;
    long successions = 0;
    for (Path log : logs) {
      // A killed process may leave half a character.
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          conflicts += line.contains("WRITER_CONFLICT:") ? 1 : 0;
          successions += line.contains("was succeeded by") ? 1 : 0;
          verdict.require(!line.contains("ALARM,"), log.getFileName() + ": " + line);
        }
      }
    }
    return verdict.done(
        conflicts + " WRITER_CONFLICT, " + successions + " sequencers found themselves succeeded");
  }
}
