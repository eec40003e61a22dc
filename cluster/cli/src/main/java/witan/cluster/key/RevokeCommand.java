package witan.cluster.key;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import witan.cluster.change.SignerOptions;

/** {@code witan key revoke}. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = {
      "For a key that somebody else may have, where there is no new one yet: no case that is logged"
          + " later counts it. The seat keeps its tokens, and does not vote until the members give"
          + " it a key ('witan propose member key'). It cannot be taken back.",
      "Of a key that is lost nobody can sign this: the members replace it ('witan propose member"
          + " key').",
      "Exit codes: 0 logged; 1 the council refused; 2 it could not be tried; 3 you did not"
          + " confirm."
    })
public final class RevokeCommand implements Callable<Integer> {
  @Mixin SignerOptions signer = new SignerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    return Rotation.sign(spec, signer, null);
  }
}
