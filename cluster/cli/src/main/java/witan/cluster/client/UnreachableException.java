package witan.cluster.client;

import java.io.IOException;

/** No node of the council answered; the message is for a person. */
public final class UnreachableException extends IOException {
  private static final long serialVersionUID = 1;

  UnreachableException(String message) {
    super(message);
  }
}
