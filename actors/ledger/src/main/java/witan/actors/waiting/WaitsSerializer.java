package witan.actors.waiting;

import akka.serialization.SerializerWithStringManifest;
import witan.codec.json.Json;

/** {@link WaitsTold} between nodes, as canonical JSON. */
public final class WaitsSerializer extends SerializerWithStringManifest {
  private static final String TOLD = "WaitsTold:1";

  @Override
  public int identifier() {
    return 7_240_108;
  }

  @Override
  public String manifest(Object o) {
    return TOLD;
  }

  @Override
  public byte[] toBinary(Object o) {
    if (o instanceof WaitsTold) {
      return Json.canonical(o);
    }
    throw new IllegalArgumentException("not for other nodes: " + o.getClass());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    if (!manifest.equals(TOLD)) {
      throw new IllegalArgumentException("unknown manifest " + manifest);
    }
    return Json.read(WaitsTold.class, bytes);
  }
}
