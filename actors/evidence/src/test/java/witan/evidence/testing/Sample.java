package witan.evidence.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a bundle that is proven, and its trust file, into a folder: what a build rehearses on. */
public final class Sample {
  private static final int SEED = 7;

  private Sample() {}

  /** The folder is the only argument. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    World world = new World(SEED);
    Files.write(
        folder.resolve("case.witan"), world.export(Story.rehearsed(world.council())).bytes());
    Files.write(folder.resolve("trust.json"), world.trustFile(List.of(), null).bytes());
  }
}
