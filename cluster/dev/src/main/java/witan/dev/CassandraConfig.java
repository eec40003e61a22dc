package witan.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Configuration files and command line of the child JVM of {@link CassandraProcess}. */
final class CassandraConfig {
  /**
   * Warnings only: the file is a tail for error messages, and nothing bounds it while the node
   * runs.
   */
  static final String LOGBACK =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %-5level [%thread] %logger{20} - %msg%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="OUT"/></root>
      </configuration>
      """;

  private static final List<String> EXPORTS =
      List.of(
          "java.base/jdk.internal.misc",
          "java.base/java.lang.ref",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.sql/java.sql",
          "jdk.unsupported/sun.misc");

  private static final List<String> OPENS =
      List.of(
          "java.base/java.lang.module",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.util.jar",
          "java.base/sun.nio.ch",
          "java.base/java.io",
          "java.base/java.lang.reflect",
          "java.base/java.lang",
          "java.base/java.util",
          "java.base/java.nio",
          "jdk.management/com.sun.management.internal");

  private CassandraConfig() {}

  /**
   * Batch commit log: with the default (periodic), a killed node loses acknowledged writes. Never
   * change {@code num_tokens} on existing data.
   */
  static String yaml(CassandraProcess.Options options) {
    String address = options.address();
    return """
        cluster_name: witan-dev
        num_tokens: 1
        partitioner: org.apache.cassandra.dht.Murmur3Partitioner
        endpoint_snitch: SimpleSnitch
        seed_provider:
          - class_name: org.apache.cassandra.locator.SimpleSeedProvider
            parameters:
              - seeds: '%1$s:%2$d'
        listen_address: %1$s
        rpc_address: %1$s
        storage_port: %2$d
        native_transport_port: %3$d
        start_native_transport: true
        data_file_directories: [%4$s]
        commitlog_directory: %5$s
        saved_caches_directory: %6$s
        hints_directory: %7$s
        cdc_raw_directory: %8$s
        commitlog_sync: batch
        commitlog_segment_size: 8MiB
        commitlog_total_space: 64MiB
        memtable_heap_space: 96MiB
        memtable_offheap_space: 96MiB
        file_cache_enabled: false
        disk_access_mode: mmap_index_only
        concurrent_reads: 8
        concurrent_writes: 16
        concurrent_compactors: 1
        auto_snapshot: false
        disk_failure_policy: stop
        commit_failure_policy: stop
        """
            .formatted(
                address,
                options.storagePort(),
                options.nativePort(),
                quoted(options, "data"),
                quoted(options, "commitlog"),
                quoted(options, "saved_caches"),
                quoted(options, "hints"),
                quoted(options, "cdc_raw"))
        + security(options.secured());
  }

  private static String security(CassandraProcess.@Nullable Secured secured) {
    return secured == null
        ? ""
        : """
        authenticator: PasswordAuthenticator
        authorizer: CassandraAuthorizer
        client_encryption_options:
          enabled: true
          optional: false
          require_client_auth: true
          store_type: PKCS12
          keystore: %1$s
          keystore_password: %3$s
          truststore: %2$s
          truststore_password: %3$s
        """
            .formatted(
                quoted(secured.keystore()),
                quoted(secured.truststore()),
                "'" + secured.password() + "'");
  }

  static List<String> command(CassandraProcess.Options options) {
    Path data = options.dataDirectory();
    Path conf = data.resolve("conf");
    List<Path> jars = jars(options);
    List<String> command = new ArrayList<>();
    command.add(JavaHome.forCassandra(options.javaHome()).resolve("bin/java").toString());
    command.addAll(
        List.of(
            "-javaagent:" + the("jamm-", jars),
            "-Xmx" + options.heap(),
            "-XX:+UseSerialGC",
            "-Xss256k",
            "-XX:MaxDirectMemorySize=256m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djdk.attach.allowAttachSelf=true",
            "-Dio.netty.tryReflectionSetAccessible=true",
            "-Dcassandra.config=" + conf.resolve("cassandra.yaml").toUri(),
            "-Dcassandra.storagedir=" + data,
            "-Dcassandra.logdir=" + data.resolve("logs"),
            "-Dcassandra-foreground=yes",
            "-Dcassandra.initial_token=0",
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.ring_delay_ms=1000",
            // The first user is there from the beginning; by default after ten seconds.
            "-Dcassandra.superuser_setup_delay_ms=0",
            // Nobody else is there who would have to hear that it stops; by default two seconds.
            "-Dcassandra.shutdown_announce_in_ms=0",
            "-Dlogback.configurationFile=" + conf.resolve("logback.xml"),
            "-Djna.tmpdir=" + data.resolve("tmp"),
            "-Djava.io.tmpdir=" + data.resolve("tmp")));
    command.addAll(JvmOptions.ofEnvironment());
    EXPORTS.forEach(name -> command.addAll(List.of("--add-exports", name + "=ALL-UNNAMED")));
    OPENS.forEach(name -> command.addAll(List.of("--add-opens", name + "=ALL-UNNAMED")));
    command.addAll(
        List.of(
            "-cp",
            the("cassandra-all-", jars).getParent() + "/*",
            "org.apache.cassandra.service.CassandraDaemon"));
    return command;
  }

  private static List<Path> jars(CassandraProcess.Options options) {
    Path lib = options.libDirectory();
    if (lib == null) {
      String configured = System.getProperty("witan.cassandra.lib");
      lib =
          configured != null
              ? Path.of(configured)
              : WitanRoot.find().resolve("cluster/dev/target/cassandra-lib");
    }
    lib = lib.toAbsolutePath();
    if (!Files.isDirectory(lib)) {
      throw new ChildProcessException(
          "no jars of Cassandra in "
              + lib
              + "; build module cluster/dev, or set witan.cassandra.lib");
    }
    try (Stream<Path> files = Files.list(lib)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path the(String prefix, List<Path> jars) {
    List<Path> found =
        jars.stream().filter(jar -> jar.getFileName().toString().startsWith(prefix)).toList();
    if (found.size() != 1) {
      throw new ChildProcessException(
          "want one jar "
              + prefix
              + "* among Cassandra's, found "
              + found
              + "; clean and build module cluster/dev");
    }
    return found.get(0);
  }

  private static String quoted(CassandraProcess.Options options, String directory) {
    return quoted(options.dataDirectory().resolve(directory));
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }
}
