package witan.chain.anchor;

import java.io.IOException;
import java.util.Locale;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.web3j.exceptions.MessageDecodingException;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.exceptions.ClientConnectionException;
import org.web3j.protocol.http.HttpService;

/** One JSON-RPC endpoint, with bounded calls and our failures instead of web3j's. */
final class Rpc implements AutoCloseable {
  private final HttpService service;
  private final Web3j web3;

  Rpc(ChainSettings settings) {
    OkHttpClient client =
        new OkHttpClient.Builder()
            .callTimeout(settings.rpcTimeout())
            .connectTimeout(settings.rpcTimeout())
            .readTimeout(settings.rpcTimeout())
            .writeTimeout(settings.rpcTimeout())
            .build();
    service = new HttpService(settings.rpc().toString(), client);
    web3 = Web3j.build(service);
  }

  Web3j web3() {
    return web3;
  }

  /** How to read a result; runs inside the translation of failures. */
  interface Reader<R extends Response<?>, T> {
    T read(R response);
  }

  /**
   * The result.
   *
   * @throws ChainFailure.Reverted if the node says that the call reverts
   * @throws ChainFailure.Unreachable for no answer, another error or an unreadable one
   */
  <R extends Response<?>, T> T ask(Request<?, R> request, Reader<R, T> reader) {
    R response = exchange(request);
    if (response.hasError()) {
      Response.Error error = response.getError();
      if (isRevert(error)) {
        throw new ChainFailure.Reverted(selectorOf(error.getData()));
      }
      throw new ChainFailure.Unreachable(describe(request, error), null);
    }
    try {
      return reader.read(response);
    } catch (MessageDecodingException | IllegalArgumentException | ArithmeticException e) {
      throw new ChainFailure.Unreachable("unreadable answer to " + request.getMethod(), e);
    }
  }

  /** The response, with its error if it has one. */
  <R extends Response<?>> R exchange(Request<?, R> request) {
    try {
      R response = request.send();
      if (response == null) {
        throw new ChainFailure.Unreachable("empty answer to " + request.getMethod(), null);
      }
      return response;
    } catch (IOException | ClientConnectionException e) {
      throw new ChainFailure.Unreachable("no answer to " + request.getMethod() + ": " + e, e);
    }
  }

  static String describe(Request<?, ?> request, Response.Error error) {
    return request.getMethod() + ": " + error.getCode() + " " + error.getMessage();
  }

  private static boolean isRevert(Response.Error error) {
    return error.getCode() == 3
        || String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT).contains("revert");
  }

  private static String selectorOf(@Nullable String data) {
    String hex = data == null ? "" : data.replace("\"", "");
    return hex.startsWith("0x") && hex.length() >= 10 ? hex.substring(0, 10) : "0x";
  }

  @Override
  public void close() {
    web3.shutdown();
  }
}
