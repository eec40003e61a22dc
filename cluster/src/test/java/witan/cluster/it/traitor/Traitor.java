package witan.cluster.it.traitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import witan.codec.json.Json;
import witan.codec.json.Limits;

/**
 * One who holds what a node of one role holds, as a process of its own: it reaches the database
 * and, with that node's certificate, the nodes' port; the keys of other holders by files that an
 * act names. It reads one act a line (JSON: {@code act} and its arguments) and answers each with a
 * line that begins with {@link #ANSWER}. It ends with its input.
 */
public final class Traitor {
  /** Before each answer: the libraries write to the same stream. */
  public static final String ANSWER = "ANSWER ";

  /** Name of the member of an answer that says why an act could not even be tried. */
  public static final String FAILED = "failed";

  private interface Act {
    ObjectNode does(Words words) throws Exception;
  }

  private final Map<String, Act> acts = new LinkedHashMap<>();

  private Traitor(Reach reach) {
    CaseActs cases = new CaseActs(reach);
    acts.put("swap", cases::swap);
    acts.put("contain", cases::contain);
    acts.put("open-vote", cases::openVote);
    acts.put("forge-ballots", cases::forgeBallots);
    acts.put("pretend", cases::pretend);
    acts.put("swap-pin", cases::swapPin);
    acts.put("abort", cases::abort);
    acts.put("switch-on", cases::switchOn);
    EntityActs entities = new EntityActs(reach);
    acts.put("record-alert", entities::recordAlert);
    acts.put("cast", entities::cast);
    acts.put("grant", entities::grant);
    acts.put("release", entities::release);
    acts.put("intend", entities::intend);
    acts.put("apply-change", entities::applyChange);
    acts.put("append", entities::append);
    acts.put("knock", entities::knock);
    RowActs rows = new RowActs(reach);
    acts.put("insert-rows", rows::insert);
    acts.put("remove-rows", rows::remove);
    acts.put("hide-last", rows::hideLast);
    acts.put("show", rows::show);
    RegistryActs registry = new RegistryActs(reach);
    acts.put("admit", registry::admit);
    acts.put("slash", registry::slash);
    acts.put("move-reputation", registry::moveReputation);
    LogKeyActs logKey = new LogKeyActs(reach);
    acts.put("fork", logKey::fork);
    acts.put("trim-registry", logKey::trimRegistry);
    acts.put("invent-alert", new ApiActs()::inventAlert);
  }

  /**
   * Starts.
   *
   * @param arguments {@code host:port} of a node
   */
  public static void main(String[] arguments) {
    int exit = 0;
    try (Reach reach =
        Reach.open(
            ConfigFactory.parseString(
                    "akka.remote.artery.canonical.port = 0, akka.cluster.roles = []\n"
                        + "akka.remote.artery.transport = tls-tcp\n"
                        + "akka.remote.artery.ssl.ssl-engine-provider = "
                        + "witan.cluster.node.NodeTls")
                .withFallback(ConfigFactory.load()),
            arguments[0])) {
      new Traitor(reach).serve();
    } catch (Exception e) {
      e.printStackTrace();
      exit = 1;
    }
    // Neither the actor system nor the driver ends by itself.
    System.exit(exit);
  }

  private void serve() throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    out.println(ANSWER + "{}");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode request = Json.parse(line.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
      ObjectNode answer;
      try {
        Act act = acts.get(request.path("act").asText());
        answer = act.does(new Words(request));
      } catch (Exception e) {
        e.printStackTrace();
        answer = JsonNodeFactory.instance.objectNode().put(FAILED, e.toString());
      }
      out.println(ANSWER + answer);
    }
  }
}
