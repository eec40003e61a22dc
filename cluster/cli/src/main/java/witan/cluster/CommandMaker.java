package witan.cluster;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Makes a command when it is called, and no more of it than is called: to look at all options of
 * all commands takes longer than what most of them do.
 */
@FunctionalInterface
public interface CommandMaker {
  /**
   * Makes it.
   *
   * @param words that follow its name
   */
  CommandLine make(String... words);

  /** One with nothing below it. */
  static CommandMaker of(Supplier<Object> command) {
    return words -> new CommandLine(command.get());
  }

  /**
   * One with others below it: the one that the words call; where they call none, all.
   *
   * @param below each has its name in its annotation
   */
  static CommandMaker group(Supplier<Object> command, List<Class<?>> below) {
    return words -> {
      CommandLine line = new CommandLine(command.get());
      List<Class<?>> called =
          below.stream().filter(one -> words.length > 0 && words[0].equals(name(one))).toList();
      (called.isEmpty() ? below : called).forEach(line::addSubcommand);
      return line;
    };
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }
}
