package witan.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes API server on loopback: client certificates, RBAC on, no controllers, no nodes, and
 * an audit log of every change that was asked for, written before it is answered. It validates and
 * stores as any cluster does and runs nothing: a pod bound to a node stays Terminating unless its
 * grace period is 0, a NetworkPolicy drops no packet, nobody makes ReplicaSets. Thread-safe.
 */
public final class ApiServerProcess implements AutoCloseable {
  /** System property with the binary; {@code deploy/k8s/testing/apiserver} builds one. */
  public static final String BINARY_PROPERTY = "witan.apiserver";

  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern TOKEN = Pattern.compile("\"token\": ?\"([^\"]+)\"");
  private static final Pattern VERSION = Pattern.compile("\"gitVersion\": ?\"([^\"]+)\"");

  /** Every change with its body, once it was answered; nothing of reads. */
  private static final String AUDIT_POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
        - level: Request
          verbs: [create, update, patch, delete, deletecollection]
        - level: None
      """;

  /** What came back; the body is text. */
  public record Answer(int status, String body) {}

  private final String name;
  private final Path folder;
  private final URI uri;
  private final ClusterCertificates certificates;
  private final HttpClient admin;
  private final ChildProcess child;

  private ApiServerProcess(
      String name, Path folder, URI uri, ClusterCertificates certificates, ChildProcess child) {
    this.name = name;
    this.folder = folder;
    this.uri = uri;
    this.certificates = certificates;
    this.child = child;
    this.admin =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(certificates.adminContext())
            .connectTimeout(Duration.ofSeconds(2))
            .build();
  }

  /** The binary that {@value #BINARY_PROPERTY} names; empty where it is not set. */
  public static Optional<Path> binary() {
    return Optional.ofNullable(System.getProperty(BINARY_PROPERTY)).map(Path::of);
  }

  /**
   * Starts on a free port and waits until it is ready.
   *
   * @param name of the cluster, also its prefix in etcd
   * @param folder holds everything: keys, kubeconfigs, log
   * @throws ChildProcessException if it does not get ready
   */
  public static ApiServerProcess start(Path binary, String name, Path folder, EtcdProcess etcd) {
    ClusterCertificates keys = ClusterCertificates.make(folder.resolve("pki"));
    int port = Ports.free();
    List<String> command =
        List.of(
            binary.toString(),
            "--etcd-servers=" + etcd.clientUri(),
            "--etcd-prefix=/" + name,
            "--bind-address=127.0.0.1",
            "--secure-port=" + port,
            "--endpoint-reconciler-type=none",
            "--cert-dir=" + folder.resolve("pki"),
            "--tls-cert-file=" + keys.crt("server"),
            "--tls-private-key-file=" + keys.key("server"),
            "--client-ca-file=" + keys.crt("ca"),
            "--authorization-mode=RBAC",
            "--anonymous-auth=false",
            "--service-account-issuer=https://witan.test",
            "--service-account-key-file=" + keys.crt("service-account"),
            "--service-account-signing-key-file=" + keys.key("service-account"),
            "--service-cluster-ip-range=10.0.0.0/24",
            "--audit-policy-file=" + written(folder.resolve("audit-policy.yaml"), AUDIT_POLICY),
            "--audit-log-path=" + auditLog(folder),
            // Nobody makes the service accounts that it would ask for.
            "--disable-admission-plugins=ServiceAccount");
    ChildProcess child =
        ChildProcess.start(
            "kube-apiserver " + name,
            ChildProcess.Options.of(folder.resolve("apiserver.log"), command));
    URI uri = URI.create("https://127.0.0.1:" + port);
    ApiServerProcess started = new ApiServerProcess(name, folder, uri, keys, child);
    child.awaitReady(started::ready, START_TIMEOUT);
    return started;
  }

  public URI uri() {
    return uri;
  }

  /** One audit event a line (JSON); a line is there before its request is answered. */
  public Path auditLog() {
    return auditLog(folder);
  }

  private static Path auditLog(Path folder) {
    return folder.resolve("audit.log");
  }

  /** E.g. {@code v1.20.2}. */
  public String version() {
    return find(VERSION, admin("GET", "/version", "", "").body());
  }

  /** A kubeconfig with an administrator's client certificate. */
  public Path adminKubeconfig() {
    return kubeconfig(
        "admin",
        "client-certificate: "
            + certificates.crt("admin")
            + "\n      client-key: "
            + certificates.key("admin"));
  }

  /**
   * Applies the manifest as an administrator and gives a kubeconfig of a service account, with a
   * token of one hour.
   *
   * @param manifest YAML documents of kinds that RBAC needs, and no others
   */
  public Path kubeconfigOf(Path manifest, String namespace, String serviceAccount) {
    admin(
        "POST",
        "/api/v1/namespaces",
        "application/json",
        "{\"metadata\":{\"name\":\"" + namespace + "\"}}");
    apply(manifest);
    Answer token =
        admin(
            "POST",
            "/api/v1/namespaces/" + namespace + "/serviceaccounts/" + serviceAccount + "/token",
            "application/json",
            "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}");
    return kubeconfig(serviceAccount, "token: " + find(TOKEN, token.body()));
  }

  /** Server-side apply of every document, forced. */
  public void apply(Path manifest) {
    try {
      for (String document : Files.readString(manifest).split("(?m)^---$", -1)) {
        String path = ManifestPath.of(document);
        Answer answer =
            admin(
                "PATCH",
                path + "?fieldManager=witan-dev&force=true",
                "application/apply-patch+yaml",
                document);
        if (answer.status() >= 300) {
          throw new ChildProcessException(path + ": " + answer);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One request as an administrator; an empty body is none. */
  public Answer admin(String method, String path, String contentType, String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve(path)).timeout(CALL_TIMEOUT);
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    request.method(
        method,
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    try {
      HttpResponse<String> response =
          admin.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChildProcessException("interrupted while calling " + name, e);
    }
  }

  /** SIGSTOP: connections stay open and nothing answers. */
  public void pause() {
    child.pause();
  }

  public void resume() {
    child.resume();
  }

  @Override
  public void close() {
    child.close();
  }

  private boolean ready() {
    try {
      return admin("GET", "/readyz", "", "").status() == 200
          && admin("GET", "/api/v1/namespaces/default", "", "").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private Path kubeconfig(String user, String credentials) {
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: %1$s
        clusters:
          - name: %1$s
            cluster:
              server: %2$s
              certificate-authority: %3$s
        users:
          - name: %4$s
            user:
              %5$s
        contexts:
          - name: %1$s
            context:
              cluster: %1$s
              user: %4$s
        """
            .formatted(name, uri, certificates.crt("ca"), user, credentials);
    Path file = written(folder.resolve("kubeconfig-" + user + ".yaml"), text);
    try {
      // It holds a token; openssl makes the keys that it may name so too.
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path written(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new ChildProcessException("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }
}
