package witan.cluster.settings;

import java.io.IOException;
import java.nio.file.Files;
import witan.cluster.StartException;
import witan.http.auth.TokenIssuer;
import witan.http.auth.TokenKey;

/** Makes tokens with the data folder's key. */
public final class LocalTokens {
  /** The audience of tokens, and the name of the log, unless configured otherwise. */
  private static final String DEFAULT_ORIGIN = "witan.local/log";

  private LocalTokens() {}

  public static TokenIssuer issuer(DataFolder folder) throws IOException {
    if (!Files.exists(folder.tokenKey())) {
      throw new StartException(
          "no token key at " + folder.tokenKey() + "; './witan up' makes it (or check --data)");
    }
    return new TokenIssuer(TokenKey.read(folder.tokenKey()), origin());
  }

  /** The name of the log (WITAN_LOG_ORIGIN). */
  public static String origin() {
    return System.getenv().getOrDefault("WITAN_LOG_ORIGIN", DEFAULT_ORIGIN);
  }
}
