package witan.cluster.key;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.cluster.change.SignerOptions;
import witan.cluster.sign.KeyFile;
import witan.signing.MemberKey;

/** {@code witan key rotate}. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description = {
      "Your seat goes from your key to a new one; both sign, nobody votes on it. Cases that are"
          + " logged later count the new key; votes that are open count the old one, so keep it"
          + " until they are over. Your delegation ends.",
      "Exit codes: 0 logged; 1 the council refused; 2 it could not be tried; 3 you did not"
          + " confirm."
    })
public final class RotateCommand implements Callable<Integer> {
  @Mixin SignerOptions signer = new SignerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--new",
      required = true,
      paramLabel = "FILE",
      description = "file with the new key, which is there already: 64 hexadecimal digits")
  Path newKey = Path.of("");

  @Override
  public Integer call() throws Exception {
    if (!Files.exists(newKey)) {
      throw new StartException(
          "there is no file " + newKey + ": make the new key first ('./witan key new')");
    }
    MemberKey fresh = KeyFile.read(newKey);
    return Rotation.sign(spec, signer, fresh);
  }
}
