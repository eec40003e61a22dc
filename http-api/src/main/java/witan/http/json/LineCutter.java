package witan.http.json;

import akka.util.ByteString;
import akka.util.ByteStringBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a stream of NDJSON into its lines, in memory for one line however long the stream: of a line
 * past the limit only that much is kept, and the next line is read as if nothing had been. A blank
 * line counts as a line, but is none. For one stream.
 */
public final class LineCutter {
  private final int most;
  private ByteStringBuilder kept = new ByteStringBuilder();
  private int line = 1;
  private boolean blank = true;

  /**
   * Keeps at most one byte more than that of a line, which tells that it is too long.
   *
   * @param most bytes of a line
   */
  public LineCutter(int most) {
    this.most = most;
  }

  /** The lines that end in these bytes. */
  public List<AlertBody.Piece> push(ByteString bytes) {
    List<AlertBody.Piece> pieces = new ArrayList<>();
    byte[] array = bytes.toArray();
    int start = 0;
    for (int i = 0; i < array.length; i++) {
      if (array[i] == '\n') {
        keep(array, start, i);
        end(pieces);
        start = i + 1;
      }
    }
    keep(array, start, array.length);
    return pieces;
  }

  /** The last line, if it has no end. */
  public List<AlertBody.Piece> finish() {
    List<AlertBody.Piece> pieces = new ArrayList<>();
    end(pieces);
    return pieces;
  }

  /** Of the line that is being read, from 1. */
  public int line() {
    return line;
  }

  private void keep(byte[] array, int start, int end) {
    int room = most + 1 - kept.length();
    int length = Math.min(room, end - start);
    if (length > 0) {
      kept.putBytes(array, start, length);
    }
    for (int i = start; i < end && blank; i++) {
      blank = array[i] == ' ' || array[i] == '\t' || array[i] == '\r';
    }
  }

  private void end(List<AlertBody.Piece> pieces) {
    if (!blank) {
      byte[] bytes = kept.result().toArray();
      int length = bytes.length;
      if (length <= most && bytes[length - 1] == '\r') {
        length--;
      }
      pieces.add(new AlertBody.Piece(line, java.util.Arrays.copyOf(bytes, length)));
    }
    kept = new ByteStringBuilder();
    blank = true;
    line++;
  }
}
