package witan.actors.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import witan.secret.SecretFile;
import witan.secret.SecretRefused;

/** One cluster's client. Blocking; thread-safe. */
final class ClusterConnection {
  private static final int ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiClient client;

  ClusterConnection(ApiClient client, KubernetesSettings settings) {
    this.client = client;
    client.setHttpClient(
        client
            .getHttpClient()
            .newBuilder()
            .connectTimeout(settings.connectTimeout())
            .readTimeout(settings.callTimeout())
            .writeTimeout(settings.callTimeout())
            .callTimeout(settings.callTimeout())
            // A silent repeat would not be logged.
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .build());
  }

  static ClusterConnection open(
      String name, KubernetesSettings.Cluster cluster, KubernetesSettings settings) {
    try {
      return new ClusterConnection(client(cluster), settings);
    } catch (SecretRefused e) {
      throw new SecretRefused("witan.kubernetes.clusters." + name + ": " + e.getMessage());
    } catch (IOException e) {
      throw new IllegalArgumentException("cluster " + name + ": kubeconfig is unreadable", e);
    }
  }

  private static ApiClient client(KubernetesSettings.Cluster cluster) throws IOException {
    if (cluster.kubeconfig().isEmpty()) {
      checkServiceAccount(Path.of(io.kubernetes.client.util.Config.SERVICEACCOUNT_TOKEN_PATH));
      return ClientBuilder.cluster().build();
    }
    Path path = Path.of(cluster.kubeconfig());
    KubeConfig config =
        KubeConfig.loadKubeConfig(new StringReader(SecretFile.text(path, SecretFile.MOST_BYTES)));
    config.setFile(path.toFile());
    checkNamed(config, path.toAbsolutePath());
    if (!cluster.context().isEmpty() && !config.setContext(cluster.context())) {
      throw new IOException("no context " + cluster.context() + " in " + path);
    }
    return ClientBuilder.kubeconfig(config).build();
  }

  /** The kubelet makes it readable by all unless the pod says who reads it. */
  private static void checkServiceAccount(Path token) throws IOException {
    try {
      SecretFile.read(token, SecretFile.MOST_BYTES);
    } catch (SecretRefused e) {
      throw new SecretRefused(
          e.getMessage() + " (in a pod: set runAsUser or fsGroup in its securityContext)");
    }
  }

  /** The keys and tokens that it names in files of their own, of all its users. */
  private static void checkNamed(KubeConfig config, Path path) throws IOException {
    ArrayList<Object> users = config.getUsers();
    for (Object named : users == null ? List.of() : users) {
      if (named instanceof Map<?, ?> entry && entry.get("user") instanceof Map<?, ?> user) {
        for (String field : List.of("client-key", "tokenFile")) {
          if (user.get(field) instanceof String file && !file.isEmpty()) {
            SecretFile.read(path.resolveSibling(file), SecretFile.MOST_BYTES);
          }
        }
      }
    }
  }

  /** Never throws: a lost answer is a {@link Reply} with status 0. */
  Reply send(KubernetesRequest request) {
    try (Response response = call(request).execute()) {
      JsonNode json = read(response.body(), response.isSuccessful());
      return new Reply(response.code(), json, retryAfter(response), "");
    } catch (IOException | ApiException e) {
      return new Reply(0, MissingNode.getInstance(), Optional.empty(), String.valueOf(e));
    }
  }

  private okhttp3.Call call(KubernetesRequest request) throws ApiException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "application/json");
    if (request.contentType() != null) {
      headers.put("Content-Type", request.contentType());
    }
    List<Pair> query =
        request.query().entrySet().stream().map(e -> new Pair(e.getKey(), e.getValue())).toList();
    byte @Nullable [] body = request.body() == null ? null : RequestJson.body(request);
    return client.buildCall(
        client.getBasePath(),
        request.path(),
        request.method(),
        query,
        List.of(),
        body,
        headers,
        new HashMap<>(),
        new HashMap<>(),
        new String[] {"BearerToken"},
        null);
  }

  /** The text of an error need not be JSON; that of a success must be. */
  private static JsonNode read(@Nullable ResponseBody body, boolean success) throws IOException {
    if (body == null) {
      return MissingNode.getInstance();
    }
    byte[] bytes;
    try (InputStream in = body.byteStream()) {
      bytes = in.readNBytes(ANSWER_LIMIT_BYTES + 1);
    }
    if (bytes.length > ANSWER_LIMIT_BYTES) {
      throw new IOException("an answer of more than " + ANSWER_LIMIT_BYTES + " bytes");
    }
    try {
      return JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      if (success) {
        throw e;
      }
      return MissingNode.getInstance();
    }
  }

  /** Seconds only: that is what API servers send. */
  private static Optional<Duration> retryAfter(Response response) {
    String value = response.header("Retry-After", "");
    return value != null && value.matches("[0-9]{1,5}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
        : Optional.empty();
  }
}
