package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.dev.Ports;

/**
 * The page of the first hour, typed from its first command to its last on an empty data folder, and
 * what a council does in the weeks after it.
 */
class FirstHourIT {
  /** Where a reader copies the name of a case, the newest that is open is taken. */
  private static final String NEXT =
      """
      SEEN=
      next() {
        local i c
        for i in $(seq 120); do
          for c in $(./witan vote --json | grep -o '"caseId":"[^"]*"' | cut -d'"' -f4); do
            case " $SEEN " in *" $c "*) ;; *) echo "$c"; return ;; esac
          done
          sleep 0.5
        done
        return 1
      }
      """;

  @TempDir private Path folder;

  private Map<String, String> ports() {
    int cassandra = Ports.free();
    return Map.of(
        "WITAN_DATA",
        folder.resolve("data").toString(),
        "WITAN_HTTP_PORT",
        Integer.toString(Ports.free()),
        "WITAN_CHAIN_PORT",
        Integer.toString(Ports.free()),
        "WITAN_CASSANDRA_PORT",
        Integer.toString(cassandra),
        "WITAN_REMOTE_PORT",
        Integer.toString(Ports.free()),
        "WITAN_BLOCK_TIME",
        "1");
  }

  private static String typed(String page) {
    return page.replaceAll("(?m)^CASE=.*$", "CASE=\\$(next); SEEN=\"\\$SEEN \\$CASE\"");
  }

  @Test
  void theCommandsOfThePageDoWhatItSays() throws Exception {
    String page = Page.read("first-hour.md").text("");
    int down = page.indexOf("./witan down");
    assertTrue(down > 0, page);
    Map<String, String> environment = ports();
    try {
      String said = Page.type(folder, environment, NEXT + typed(page.substring(0, down)));

      for (String shown : List.of("none has been founded", "REHEARSED", "PROVEN", "eve")) {
        assertTrue(said.contains(shown), shown + " in " + said);
      }
    } finally {
      Page.type(folder, environment, page.substring(down));
    }
  }
}
