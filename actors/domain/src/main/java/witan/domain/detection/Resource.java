package witan.domain.detection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The thing an alert is about.
 *
 * @param cluster name of the cluster or account the sensor watches
 * @param namespace Kubernetes namespace, where there is one
 * @param name name within cluster and namespace
 */
public record Resource(ResourceKind kind, String cluster, @Nullable String namespace, String name) {

  private static final Pattern PORT =
      Pattern.compile("(?<=\\]|\\.[0-9a-zA-Z-]{1,63}):\\d{1,5}(?= -> |$)");

  /**
   * EC2 ids are unique in the world, bucket names in a partition: the rest of the ARN adds nothing.
   */
  private static final Pattern ARN =
      Pattern.compile(
          "arn:[^:]*:(?:ec2:[^:]*:[^:]*:instance/(?<instance>.+)|s3:::(?<bucket>[^/]+))");

  private static final Pattern GCS = Pattern.compile("//storage\\.googleapis\\.com/([^/]+)");

  /**
   * The key that correlation shards by: rules about one resource meet there. Formats that name the
   * same thing differently (a bucket, an instance by its ARN) meet too, and so do all connections
   * between two addresses, whatever their ports: a scan is one incident.
   */
  public String correlationKey() {
    return cluster + "/" + (namespace == null ? "" : namespace) + "/" + kind + "/" + keyName();
  }

  private String keyName() {
    if (kind == ResourceKind.NETWORK_FLOW) {
      return PORT.matcher(name).replaceAll("");
    }
    if (kind != ResourceKind.CLOUD_RESOURCE) {
      return name;
    }
    Matcher arn = ARN.matcher(name);
    if (arn.matches()) {
      String instance = arn.group("instance");
      return instance == null ? "bucket/" + arn.group("bucket") : instance;
    }
    Matcher gcs = GCS.matcher(name);
    return gcs.matches() ? "bucket/" + gcs.group(1) : name;
  }
}
