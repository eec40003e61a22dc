package witan.actors.execution;

import akka.serialization.SerializerWithStringManifest;
import java.nio.charset.StandardCharsets;
import witan.domain.common.CaseId;

/** {@link ExecutorMessage.Wake} between nodes: the case id as UTF-8. */
public final class ExecutorSerializer extends SerializerWithStringManifest {
  private static final String WAKE = "W1";

  @Override
  public int identifier() {
    return 7_240_102;
  }

  @Override
  public String manifest(Object o) {
    return WAKE;
  }

  @Override
  public byte[] toBinary(Object o) {
    if (o instanceof ExecutorMessage.Wake wake) {
      return wake.caseId().value().getBytes(StandardCharsets.UTF_8);
    }
    throw new IllegalArgumentException("not for other nodes: " + o.getClass());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    if (!manifest.equals(WAKE)) {
      throw new IllegalArgumentException("unknown manifest " + manifest);
    }
    return new ExecutorMessage.Wake(new CaseId(new String(bytes, StandardCharsets.UTF_8)));
  }
}
