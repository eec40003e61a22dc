package witan.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import witan.cluster.client.ApiRefusedException;
import witan.codec.json.JsonRefused;
import witan.secret.SecretRefused;

/**
 * What a failure means to the person who typed the command; pure.
 *
 * @param line without a name that only a programmer knows
 * @param code 1: it failed; 2: it could not be tried
 */
record Failure(String line, int code) {
  private static final int FAILED = 1;
  private static final int UNTRIED = 2;

  static Failure of(Throwable problem) {
    if (problem instanceof ApiRefusedException refused) {
      return new Failure(refused.line(), FAILED);
    }
    if (problem instanceof FileSystemException file) {
      return new Failure("witan: " + file(file), UNTRIED);
    }
    if (problem instanceof UncheckedIOException
        || problem instanceof ExecutionException
        || problem instanceof CompletionException) {
      Throwable cause = problem.getCause();
      return cause == null ? unexpected(problem) : of(cause);
    }
    if (problem instanceof StartException
        || problem instanceof SecretRefused
        || problem instanceof JsonRefused
        || problem instanceof IllegalArgumentException
        || problem instanceof IOException) {
      return said(problem, UNTRIED);
    }
    if (problem instanceof IllegalStateException) {
      return said(problem, FAILED);
    }
    return problem instanceof InterruptedException
        ? new Failure("witan: interrupted", FAILED)
        : unexpected(problem);
  }

  /** Of one that is known to mean that code. */
  static Failure said(Throwable problem, int code) {
    @Nullable String message = problem.getMessage();
    return message == null || message.isBlank()
        ? unexpected(problem)
        : new Failure("witan: " + message, code);
  }

  private static Failure unexpected(Throwable problem) {
    String message = problem.getMessage() == null ? "" : " (" + problem.getMessage() + ")";
    return new Failure(
        "witan: this should not happen" + message + "; with WITAN_DEBUG=1 it says where", FAILED);
  }

  private static String file(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no file " + failure.getFile();
    }
    if (failure instanceof AccessDeniedException) {
      return failure.getFile() + " may not be read or written by you";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return failure.getFile() + " is there already";
    }
    return failure.getFile()
        + ": "
        + (failure.getReason() == null ? "it cannot be read or written" : failure.getReason());
  }
}
