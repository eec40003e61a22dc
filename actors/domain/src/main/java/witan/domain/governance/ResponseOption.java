package witan.domain.governance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import witan.domain.common.Digest;

/**
 * One response the council may choose.
 *
 * @param playbookDigest content address of the playbook
 * @param impact CACAO impact of the playbook, 0 to 100; breaks ties
 * @param parameters values of the playbook's external variables
 */
public record ResponseOption(
    String title,
    Digest playbookDigest,
    int impact,
    List<Target> targets,
    Map<String, String> parameters) {
  public ResponseOption {
    targets = List.copyOf(targets);
    parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
  }
}
