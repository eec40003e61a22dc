package witan.cluster.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.SensorKey;

/** {@code witan propose sensors}. */
@Command(
    name = "sensors",
    mixinStandardHelpOptions = true,
    description = "With which keys sensors sign their alerts.")
final class SensorsProposal implements Callable<Integer> {
  @Mixin Proposing proposing = new Proposing();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--add",
      paramLabel = "KEY=CLUSTER",
      description = "a verifier key, SENSOR+ID+BASE64, and the cluster or account that it watches")
  Map<String, String> added = new LinkedHashMap<>();

  @Option(names = "--remove", paramLabel = "KEY", description = "one that is in force")
  List<String> removed = List.of();

  @Override
  public Integer call() throws Exception {
    return proposing.change(spec, this::change);
  }

  private RegistryChange change(CouncilNow council) {
    List<SensorKey> keys = new ArrayList<>();
    added.forEach((key, cluster) -> keys.add(new SensorKey(key.split("\\+", 2)[0], cluster, key)));
    List<SensorKey> gone = new ArrayList<>();
    for (String key : removed) {
      List<SensorKey> known = council.sensors().stream().filter(k -> k.key().equals(key)).toList();
      if (known.isEmpty()) {
        throw new StartException("no sensor has the key " + key);
      }
      gone.addAll(known);
    }
    return new RegistryChange.RegisterSensors(keys, gone);
  }
}
