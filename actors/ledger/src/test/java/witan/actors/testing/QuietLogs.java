package witan.actors.testing;

import akka.actor.testkit.typed.internal.CapturingAppender;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What is logged during a test is written when the test has failed, and forgotten else: an alarm
 * that a test provokes is none. Found by JUnit itself, for every test of the module; {@code
 * logback-test.xml} has the appender.
 */
public final class QuietLogs implements AfterEachCallback, AfterAllCallback {
  @Override
  public void afterEach(ExtensionContext test) {
    written(test);
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    written(tests);
  }

  private static void written(ExtensionContext context) {
    CapturingAppender logged = CapturingAppender.get("");
    if (context.getExecutionException().isPresent()) {
      logged.flush();
    } else {
      logged.clear();
    }
  }
}
