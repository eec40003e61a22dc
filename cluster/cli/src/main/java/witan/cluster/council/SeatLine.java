package witan.cluster.council;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import witan.cluster.StartException;
import witan.domain.governance.SignatureRefused;
import witan.domain.registry.Seat;
import witan.signing.Addresses;

/** A member in one line: {@code NAME ADDRESS ORGANISATION ROLE TOKENS}. */
final class SeatLine {
  static final String SPELLING = "NAME ADDRESS ORGANISATION ROLE TOKENS";
  static final String EXAMPLE = "ana 0x.. acme operator 100";
  private static final int WORDS = 5;

  private SeatLine() {}

  static Seat read(String line) {
    String[] words = line.strip().split("\\s+", -1);
    if (words.length != WORDS) {
      throw new StartException(
          "a member is \"" + SPELLING + "\", e.g. \"" + EXAMPLE + "\"; not \"" + line + "\"");
    }
    try {
      return new Seat(
          words[0], words[2], words[3], Addresses.read(words[1]), new BigInteger(words[4]));
    } catch (NumberFormatException e) {
      throw new StartException(
          "the tokens of " + words[0] + " are a whole number, not " + words[4]);
    } catch (SignatureRefused e) {
      throw new StartException("the address of " + words[0] + ": " + e.getMessage());
    }
  }

  /** One a line; empty lines and those that begin with # are nobody. */
  static List<Seat> read(Path file) throws IOException {
    List<Seat> seats = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.strip().startsWith("#")) {
          seats.add(read(line));
        }
      }
    } catch (NoSuchFileException e) {
      throw new StartException("there is no file " + file);
    }
    return seats;
  }
}
