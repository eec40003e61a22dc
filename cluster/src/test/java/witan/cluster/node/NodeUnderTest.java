package witan.cluster.node;

import java.nio.file.Path;

/** A node as {@code witan node} starts it, with crash points in the folder of its argument. */
public final class NodeUnderTest {
  private NodeUnderTest() {}

  public static void main(String[] arguments) throws Exception {
    try {
      CrashPoints points = new CrashPoints(Path.of(arguments[0]));
      ClusterNode.start(NodeSettings.load(), points.fittings()).awaitEnd();
    } catch (Throwable failure) {
      failure.printStackTrace();
      System.exit(1);
    }
  }
}
