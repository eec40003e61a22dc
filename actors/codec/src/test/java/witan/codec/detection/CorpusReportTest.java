package witan.codec.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import witan.codec.Corpus;
import witan.domain.detection.Normalised;

/** What becomes of every event that others wrote, by set; see the printed table. */
class CorpusReportTest {

  @Test
  void everyEventIsNormalisedRecordedOrRefusedWithAReason() throws IOException {
    Map<String, Map<String, Integer>> table = new LinkedHashMap<>();
    int events = 0;
    for (String set : Events.SETS) {
      Map<String, Integer> row = new TreeMap<>();
      for (String line : Corpus.lines(set)) {
        Normalised n = Events.normalise(line);
        row.merge(Events.outcome(n), 1, Integer::sum);
        events++;
        if (Boolean.getBoolean("witan.rows")) {
          System.out.println(set + " " + Events.row(n));
        }
        if (n instanceof Normalised.Unreadable u) {
          assertTrue(!u.refusal().message().isBlank() && !u.refusal().hint().isBlank(), line);
        }
      }
      table.put(set, row);
    }
    table.forEach((set, row) -> System.out.printf("%-14s %s%n", set, row));
    System.out.println(events + " events");
    assertEquals(Events.SETS.size(), table.size());
  }
}
