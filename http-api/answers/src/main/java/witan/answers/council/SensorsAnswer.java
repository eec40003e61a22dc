package witan.answers.council;

import java.util.List;
import witan.domain.registry.SensorKey;

/**
 * The keys that sensors sign their alerts with.
 *
 * @param registrySeq number of the registry's last event
 */
public record SensorsAnswer(List<SensorKey> sensors, long registrySeq) {}
