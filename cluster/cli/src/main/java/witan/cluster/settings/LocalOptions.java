package witan.cluster.settings;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the data is and which ports are used; a flag wins over the environment. */
public final class LocalOptions {
  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--http-port",
      defaultValue = "${env:WITAN_HTTP_PORT:-7480}",
      description = "port of the HTTP API (WITAN_HTTP_PORT; default: ${DEFAULT-VALUE})")
  private int httpPort;

  @Option(
      names = "--chain-port",
      defaultValue = "${env:WITAN_CHAIN_PORT:-7485}",
      description = "port of the development chain (WITAN_CHAIN_PORT; default: ${DEFAULT-VALUE})")
  private int chainPort;

  @Option(
      names = "--cassandra-port",
      defaultValue = "${env:WITAN_CASSANDRA_PORT:-7442}",
      description =
          "port of the development database (WITAN_CASSANDRA_PORT; default: ${DEFAULT-VALUE}); the"
              + " next one is used for its storage port")
  private int cassandraPort;

  @Option(
      names = "--remote-port",
      defaultValue = "${env:WITAN_REMOTE_PORT:-7420}",
      description = "port of Akka remoting (WITAN_REMOTE_PORT; default: ${DEFAULT-VALUE})")
  private int remotePort;

  @Option(
      names = "--block-time",
      defaultValue = "${env:WITAN_BLOCK_TIME:-2}",
      description =
          "seconds between blocks of the development chain (WITAN_BLOCK_TIME; default:"
              + " ${DEFAULT-VALUE})")
  private int blockTimeSeconds;

  public DataFolder folder() {
    return data.folder();
  }

  public int httpPort() {
    return httpPort;
  }

  /** Of the development chain. */
  public String rpc() {
    return "http://127.0.0.1:" + chainPort;
  }

  public int chainPort() {
    return chainPort;
  }

  /** The next one is used too. */
  public int cassandraPort() {
    return cassandraPort;
  }

  public int remotePort() {
    return remotePort;
  }

  /** Of the development chain. */
  public int blockTimeSeconds() {
    return blockTimeSeconds;
  }
}
