package witan.load.breaks;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/** In a node's virtual machine: takes classes of its own jar in place of the product's. */
public final class BreakAgent {
  static final String FOLDER = "/broken/";

  private BreakAgent() {}

  public static void premain(String arguments, Instrumentation instrumentation) {
    instrumentation.addTransformer(
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader,
              String name,
              Class<?> redefined,
              ProtectionDomain domain,
              byte[] original) {
            return name != null && name.startsWith("witan/") ? replacement(name) : null;
          }
        });
  }

  private static byte[] replacement(String name) {
    try (InputStream found = BreakAgent.class.getResourceAsStream(FOLDER + name + ".class")) {
      if (found == null) {
        return null;
      }
      System.out.println("BROKEN ON PURPOSE: " + name);
      return found.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
