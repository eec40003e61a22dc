package witan.domain.detection;

import witan.domain.common.Refusal;

/** Leaves a normaliser's depths; never leaves the package. */
final class AlertRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  AlertRefused(String code, String message, String hint) {
    super(message, null, false, false);
    this.refusal = new Refusal(code, message, hint);
  }

  Refusal refusal() {
    return refusal;
  }
}
