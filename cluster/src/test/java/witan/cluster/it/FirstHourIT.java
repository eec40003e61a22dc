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

  private static final String WEEKS =
      """
      alert() {
        curl -sS -o /dev/null -H "Authorization: Bearer $SENSOR" -H 'Content-Type: application/json' \\
          --data-binary @- "http://127.0.0.1:$WITAN_HTTP_PORT/v1/alerts" <<ALERT
      {"rule": "Terminal shell in container", "priority": "Notice", "time": "$(date -u +%FT%TZ)",
       "uuid": "$(cat /proc/sys/kernel/random/uuid)", "output": "A shell in $1", "source": "syscall",
       "output_fields": {"container.id": "b7e21f90c4d5", "container.name": "$1", "k8s.ns.name": "shop", "k8s.pod.name": "$1-1"}}
      ALERT
      }
      : a delegation counts once it has stood for as long as the policy wants, ballots may be replaced
      ./witan delegate --to cy --key dora.key --yes
      ./witan propose policy routine --holding 0 --key ana.key --yes
      CASE=
      for who in ana bo cy; do ./witan vote cast $CASE for --key $who.key --yes; done
      ./witan watch $CASE

      : an execution is ended before it has begun, while the chain is away
      CHAIN=$( (./witan status --json || true) | grep -o '"chainPid" : [0-9]*' | grep -o '[0-9]*')
      alert basket
      CASE=
      kill -STOP $CHAIN
      for who in ana bo cy; do ./witan vote cast $CASE for --options 0 --key $who.key --yes; done
      ./witan vote abort $CASE --key ana.key --reason "the pod is ours" --yes
      kill -CONT $CHAIN
      ./witan watch $CASE || [ $? = 1 ]

      : a ballot is replaced, and a guardian stops the case
      ./witan propose policy routine --replaceable true --key ana.key --yes
      CASE=
      for who in ana bo cy; do ./witan vote cast $CASE for --key $who.key --yes; done
      ./witan watch $CASE
      alert till
      CASE=
      ./witan vote cast $CASE against --key cy.key --yes
      ./witan vote cast $CASE for --options 0 --key cy.key --yes
      ./witan vote veto $CASE --key gil.key --reason "a court said so" --yes
      ./witan watch $CASE || [ $? = 1 ]
      ./witan vote show $CASE --as ana

      : a playbook of their own, another key, and the log from outside
      ./witan playbook show isolate-workload > own.json
      ./witan playbook validate own.json
      ./witan playbook put own-isolation own.json
      ./witan key new ana2.key
      ./witan key rotate --key ana.key --new ana2.key --yes
      ./witan member list
      ./witan log check --trust trust.json --rpc http://127.0.0.1:$WITAN_CHAIN_PORT
      ./witan log entry 3
      ./witan trust check trust.json
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
      String said = Page.type(folder, environment, NEXT + typed(page.substring(0, down) + WEEKS));

      for (String shown :
          List.of(
              "none has been founded",
              "REHEARSED",
              "PROVEN",
              "eve",
              "weight 100 + 60 delegated by dora",
              "before it had begun",
              "You voted AGAINST before.",
              "by guardian gil of lex",
              "own-isolation version 1")) {
        assertTrue(said.contains(shown), shown + " in " + said);
      }
    } finally {
      Page.type(folder, environment, page.substring(down));
    }
  }
}
