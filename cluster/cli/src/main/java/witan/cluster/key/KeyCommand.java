package witan.cluster.key;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.CommandMaker;
import witan.cluster.sign.KeyFile;
import witan.signing.MemberKey;

/** {@code witan key}: a member's key, in a file of the member's own. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = {
      "Your own key: 'key new FILE' makes one, 'key show FILE' prints its address, 'key rotate'"
          + " gives your seat to another one, 'key revoke' to none.",
      "Exit codes: 0 done; 2 it could not be tried."
    })
public final class KeyCommand implements Callable<Integer> {
  /** With what is below it. */
  public static final CommandMaker MAKER =
      CommandMaker.group(
          KeyCommand::new,
          List.of(New.class, Show.class, RotateCommand.class, RevokeCommand.class));

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 2;
  }

  /** {@code witan key new FILE}. */
  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a secp256k1 key in a new file that only you may read, and prints its address.",
        "Needs no council."
      })
  static final class New implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "is made; one that is there is never replaced")
    Path file = Path.of("");

    @Override
    public Integer call() throws Exception {
      MemberKey key = KeyFile.create(file);
      PrintWriter out = spec.commandLine().getOut();
      out.println("Made: " + file + ", which only you may read");
      out.println("Address: " + key.address());
      out.println();
      out.println("Tell the address to whoever writes the charter, or proposes you as a member:");
      out.println(
          "it is no secret. Give the file to nobody, and keep a copy of it offline: whoever");
      out.println("has it votes as you, and without it your seat needs a key from the council.");
      out.println("WITAN_VOTER_KEY may name the file for all commands that sign.");
      out.flush();
      return 0;
    }
  }

  /** {@code witan key show FILE}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the address of the key in the file, and nothing else.")
  static final class Show implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "64 hexadecimal digits")
    Path file = Path.of("");

    @Override
    public Integer call() throws Exception {
      spec.commandLine().getOut().println(KeyFile.read(file).address());
      return 0;
    }
  }
}
