package witan.dev;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The few JSON-RPC calls of {@link AnvilProcess}; answers are picked apart without a JSON library.
 */
final class AnvilRpc {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern RESULT = Pattern.compile("\"result\":\"(0x[0-9a-f]*+)\"");
  private static final Pattern HASH = Pattern.compile("\"hash\":\"(0x[0-9a-f]{64})\"");
  private static final Pattern BLOCK_HASH = Pattern.compile("\"blockHash\":\"(0x[0-9a-f]{64})\"");

  private final URI uri;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  AnvilRpc(URI uri) {
    this.uri = uri;
  }

  URI uri() {
    return uri;
  }

  /**
   * False while nobody answers; an answer with another chain id means somebody else took the port.
   */
  boolean answers(long chainId) {
    try {
      return quantity("eth_chainId") == chainId;
    } catch (ChildProcessException notYet) {
      return false;
    }
  }

  long quantity(String method) {
    return Long.parseLong(result(method, "[]").substring(2), 16);
  }

  String blockHash(long number) {
    String method = "eth_getBlockByNumber";
    return find(HASH, method, call(method, "[\"0x" + Long.toHexString(number) + "\",false]"));
  }

  /** Hash of the block that holds the transaction. */
  String receiptBlockHash(String transaction) {
    String method = "eth_getTransactionReceipt";
    return find(BLOCK_HASH, method, call(method, "[\"" + transaction + "\"]"));
  }

  /** A result that is one hex string. */
  String result(String method, String params) {
    return find(RESULT, method, call(method, params));
  }

  /**
   * {@code anvil_dumpState} answers gzipped JSON in hex, and {@code --load-state} wants it
   * unzipped. (Loading by RPC would be limited to a request of 2 MB.) The checksum of gzip is
   * verified before the file is replaced.
   */
  void dumpState(Path target, Path temporary) {
    byte[] zipped = HexFormat.of().parseHex(result("anvil_dumpState", "[]").substring(2));
    try (InputStream json = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      try (FileChannel file =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        byte[] buffer = new byte[64 * 1024];
        for (int n = json.read(buffer); n >= 0; n = json.read(buffer)) {
          ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
          while (bytes.hasRemaining()) {
            file.write(bytes);
          }
        }
        file.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel directory = FileChannel.open(target.toAbsolutePath().getParent())) {
        directory.force(true);
      }
    } catch (IOException e) {
      throw new ChildProcessException("cannot write the chain's state to " + target, e);
    }
  }

  private String call(String method, String params) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new ChildProcessException("anvil at " + uri + " does not answer " + method, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChildProcessException("interrupted in " + method, e);
    }
  }

  private static String find(Pattern pattern, String method, String answer) {
    Matcher matcher = pattern.matcher(answer);
    if (!matcher.find()) {
      throw new ChildProcessException(
          method + " answered " + answer.substring(0, Math.min(500, answer.length())));
    }
    return matcher.group(1);
  }
}
