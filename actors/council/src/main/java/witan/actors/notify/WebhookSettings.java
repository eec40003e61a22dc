package witan.actors.notify;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import witan.secret.SecretFile;
import witan.secret.SecretRefused;

/**
 * Who is told where; {@code witan.notify} in {@code witan-notify.conf}.
 *
 * @param attemptTimeout of one whole delivery
 * @param firstPause after a failed delivery; doubles up to {@code longestPause}, until the vote
 *     ends
 * @param concurrent deliveries under way at once on a node
 * @param baseUrl what the API is reached by, for the links in a message; may be empty
 * @param webhooks by the member's handle
 */
public record WebhookSettings(
    Duration attemptTimeout,
    Duration firstPause,
    Duration longestPause,
    int concurrent,
    String baseUrl,
    Map<String, Webhook> webhooks) {

  private static final int MOST_SECRET_BYTES = 4096;

  public WebhookSettings {
    webhooks = Map.copyOf(webhooks);
  }

  /** Where one member is told, and the secret that the deliveries are signed with. */
  public record Webhook(URI url, WebhookSigner signer) {}

  /**
   * Reads {@code witan.notify} of the given root, and the secrets' files.
   *
   * @throws ConfigException with the path of the key that is wrong
   */
  public static WebhookSettings from(Config root) {
    Config config = root.getConfig("witan.notify");
    Map<String, Webhook> webhooks = new LinkedHashMap<>();
    Config named = config.getConfig("webhooks");
    for (String member : named.root().keySet()) {
      String path = ConfigUtil.joinPath(member);
      webhooks.put(member, webhook(named.getConfig(path), "witan.notify.webhooks." + path));
    }
    int concurrent = config.getInt("concurrent");
    if (concurrent < 1) {
      throw new ConfigException.BadValue("witan.notify.concurrent", "at least 1");
    }
    return new WebhookSettings(
        config.getDuration("attempt-timeout"),
        config.getDuration("first-pause"),
        config.getDuration("longest-pause"),
        concurrent,
        config.getString("base-url"),
        webhooks);
  }

  private static Webhook webhook(Config config, String path) {
    URI url = URI.create(config.getString("url"));
    if (url.getHost() == null || !url.toString().matches("https?://.*")) {
      throw new ConfigException.BadValue(path + ".url", "an http or https URL with a host");
    }
    String file = config.getString("secret-file");
    try {
      return new Webhook(url, WebhookSigner.of(SecretFile.text(Path.of(file), MOST_SECRET_BYTES)));
    } catch (SecretRefused e) {
      throw new ConfigException.BadValue(path + ".secret-file", e.getMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      // The secret itself stays out of the message.
      throw new ConfigException.BadValue(
          path + ".secret-file", file + " is no readable file with whsec_ and base64", e);
    }
  }
}
