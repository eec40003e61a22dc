package witan.log.checkpoint;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * Text of a C2SP tlog-checkpoint, without extension lines: nobody could audit them.
 *
 * @param origin name of the log
 * @param size number of leaves
 * @param root root of the tree of that size
 */
public record Checkpoint(String origin, long size, Hash root) {
  private static final int MAX_ORIGIN = 1024;
  private static final Pattern BODY =
      Pattern.compile("([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/=]{44})\n");

  /**
   * @throws NoteException (malformed) if the origin is not one line of printable text, the size is
   *     negative, or an empty tree has another root than the empty one
   */
  public Checkpoint {
    if (origin.isEmpty()
        || origin.length() > MAX_ORIGIN
        || !NoteText.isValid(origin)
        || origin.contains("\n")) {
      throw NoteException.malformed("the origin must be one line of at most 1024 characters");
    }
    if (size < 0) {
      throw NoteException.malformed("the size is negative");
    }
    if (size == 0 && !root.equals(Hashing.EMPTY)) {
      throw NoteException.malformed("the empty tree has another root");
    }
  }

  /** The three lines that are signed, with the final newline. */
  public String body() {
    return origin + "\n" + size + "\n" + root.base64() + "\n";
  }

  /**
   * Reads what {@link #body} writes and nothing else.
   *
   * @throws NoteException (malformed) on any other text
   */
  public static Checkpoint parse(String body) {
    Matcher m = BODY.matcher(body);
    if (!m.matches()) {
      throw NoteException.malformed("a checkpoint is three lines: origin, size, root");
    }
    try {
      return new Checkpoint(m.group(1), Long.parseLong(m.group(2)), Hash.ofBase64(m.group(3)));
    } catch (NoteException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw NoteException.malformed("size or root of the checkpoint: " + e.getMessage());
    }
  }
}
