package witan.verifier.cli;

import java.util.Objects;
import picocli.CommandLine;

/** The version that the jar's manifest names. */
public final class Version implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"witan-verifier " + Objects.requireNonNullElse(version, "(not packaged)")};
  }
}
