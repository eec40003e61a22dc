package witan.actors.execution;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.List;
import witan.log.checkpoint.NoteKey;

/**
 * The executor's key in {@code witan.execution}.
 *
 * @param name of the key; empty for {@code <origin>/executor}
 * @param trusted verifier keys of all executors that are believed; empty for its own alone
 */
public record ExecutorKeySettings(Path file, String name, List<String> trusted) {
  public ExecutorKeySettings {
    trusted = List.copyOf(trusted);
    trusted.forEach(NoteKey::parse);
  }

  public static ExecutorKeySettings from(Config root) {
    Config config = root.getConfig("witan.execution");
    return new ExecutorKeySettings(
        Path.of(config.getString("key-file")),
        config.getString("key-name"),
        config.getStringList("trusted-executors"));
  }

  /** The name of the key in a log of that origin. */
  public String name(String origin) {
    return name.isEmpty() ? defaultName(origin) : name;
  }

  /** Where the settings name none. */
  public static String defaultName(String origin) {
    return origin + "/executor";
  }
}
