package witan.dev;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The least of CQL's native protocol v4 that writes and reads back a row. */
final class Cql implements AutoCloseable {
  private static final int STARTUP = 0x01;
  private static final int QUERY = 0x07;
  private static final int ERROR = 0x00;
  private static final int CONSISTENCY_ONE = 1;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final DataOutputStream out;

  Cql(InetSocketAddress address) throws IOException {
    socket.connect(address, 5_000);
    socket.setSoTimeout(30_000);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
    var body = new ByteArrayOutputStream();
    var data = new DataOutputStream(body);
    data.writeShort(1);
    data.writeUTF("CQL_VERSION");
    data.writeUTF("3.0.0");
    call(STARTUP, body.toByteArray());
  }

  /** The body of the answer as Latin-1, for a test to look for a value in it. */
  String query(String statement) throws IOException {
    var body = new ByteArrayOutputStream();
    var data = new DataOutputStream(body);
    byte[] text = statement.getBytes(StandardCharsets.UTF_8);
    data.writeInt(text.length);
    data.write(text);
    data.writeShort(CONSISTENCY_ONE);
    data.writeByte(0);
    return call(QUERY, body.toByteArray());
  }

  private String call(int opcode, byte[] body) throws IOException {
    out.write(new byte[] {0x04, 0, 0, 0, (byte) opcode});
    out.writeInt(body.length);
    out.write(body);
    out.flush();
    byte[] header = in.readNBytes(5);
    String answer = new String(in.readNBytes(in.readInt()), StandardCharsets.ISO_8859_1);
    if (header[4] == ERROR) {
      throw new IOException("CQL error: " + answer);
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
