package witan.cluster.settings;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the data of the stack on this machine is. */
public final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:WITAN_DATA:-.witan}",
      description = "data folder (WITAN_DATA; default: ${DEFAULT-VALUE})")
  private Path data = Path.of(".witan");

  public DataFolder folder() {
    return new DataFolder(data.toAbsolutePath().normalize());
  }
}
