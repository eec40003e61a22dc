package witan.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The file that anvil's state is kept in. Each load makes a genesis of anvil's own beside the
 * loaded one, and the next dump holds both; which of them is block 0 after the next load is chance
 * (seen with 1.7.1). Ours never has anvil's default gas limit, so the others can be told and taken
 * out.
 */
final class AnvilState {
  /** 30,000,000: anvil's default, with which no chain of ours begins. */
  private static final byte[] FOREIGN = ascii("\"number\":\"0x0\",\"gasLimit\":\"0x1c9c380\"");

  private static final byte[] BLOCK = ascii("{\"header\":");

  private record Cut(int from, int to) {}

  private AnvilState() {}

  /**
   * Rewrites the file where it holds another block 0 than the chain's own; the old file stays until
   * the new one is on disk. The file may be larger than the heap.
   */
  static void dropForeignGenesis(Path state, Path temporary) {
    if (!Files.exists(state)) {
      return;
    }
    try (FileChannel in = FileChannel.open(state, StandardOpenOption.READ)) {
      MappedByteBuffer bytes = in.map(FileChannel.MapMode.READ_ONLY, 0, in.size());
      List<Cut> cuts = foreign(bytes);
      if (cuts.isEmpty()) {
        return;
      }
      try (FileChannel out =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        long from = 0;
        for (Cut cut : cuts) {
          copy(in, from, cut.from(), out);
          from = cut.to();
        }
        copy(in, from, in.size(), out);
        out.force(true);
      }
      Files.move(
          temporary, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(FileChannel in, long from, long to, FileChannel out) throws IOException {
    for (long at = from; at < to; ) {
      at += in.transferTo(at, to - at, out);
    }
  }

  private static List<Cut> foreign(MappedByteBuffer bytes) {
    List<Cut> cuts = new ArrayList<>();
    int block = -1;
    for (int i = 0; i < bytes.limit(); i++) {
      if (at(bytes, i, BLOCK)) {
        block = i;
      } else if (block >= 0 && at(bytes, i, FOREIGN)) {
        int end = end(bytes, block);
        cuts.add(bytes.get(end) == ',' ? new Cut(block, end + 1) : last(bytes, cuts, block, end));
        i = end;
        block = -1;
      }
    }
    return cuts;
  }

  /** At the end of the list the comma before it goes too, also over neighbours that are cut. */
  private static Cut last(MappedByteBuffer bytes, List<Cut> cuts, int block, int end) {
    int from = block;
    while (!cuts.isEmpty() && cuts.get(cuts.size() - 1).to() == from) {
      from = cuts.remove(cuts.size() - 1).from();
    }
    return new Cut(bytes.get(from - 1) == ',' ? from - 1 : from, end);
  }

  /** After the brace that closes the one at {@code open}; no string of a block holds a brace. */
  private static int end(MappedByteBuffer bytes, int open) {
    int depth = 0;
    for (int i = open; ; i++) {
      byte b = bytes.get(i);
      depth += b == '{' ? 1 : b == '}' ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
  }

  private static boolean at(MappedByteBuffer bytes, int position, byte[] text) {
    if (bytes.get(position) != text[0] || position + text.length > bytes.limit()) {
      return false;
    }
    for (int i = 1; i < text.length; i++) {
      if (bytes.get(position + i) != text[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
