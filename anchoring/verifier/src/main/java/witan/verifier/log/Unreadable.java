package witan.verifier.log;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why a file could not be read, without a name that only a programmer knows. */
public final class Unreadable {
  private Unreadable() {}

  /** Of one that is not there, may not be read, or broke off. */
  public static String words(Path file, Exception failure) {
    if (failure instanceof DirectoryIteratorException
        && failure.getCause() instanceof IOException listing) {
      return words(file, listing);
    }
    if (failure instanceof NoSuchFileException) {
      return "there is no file " + file;
    }
    if (failure instanceof AccessDeniedException) {
      return file + " may not be read by you";
    }
    String message = failure.getMessage();
    return file + " cannot be read" + (message == null ? "" : ": " + message);
  }
}
