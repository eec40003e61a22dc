package witan.cluster.vote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import witan.cluster.StartException;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.adoption.AdoptionEvent.Lost;
import witan.domain.common.Digest;
import witan.domain.governance.Eip712Domain;

/**
 * What members are asked to agree to, as {@code witan log adopt --plan} prints it: a file that goes
 * from hand to hand.
 *
 * @param council digest of its charter
 * @param domain in which its members sign
 * @param lost what somebody remembers beyond the tree that would be closed
 */
public record AdoptionPlan(
    Digest council,
    Eip712Domain domain,
    String oldOrigin,
    long oldSize,
    Digest oldRoot,
    String newOrigin,
    List<Lost> lost,
    String reason) {
  private static final Limits LIMITS = Limits.ofBytes(1 << 16);

  public AdoptionPlan {
    lost = List.copyOf(lost);
  }

  /** The canonical document. */
  public byte[] bytes() {
    return Json.canonical(this);
  }

  /**
   * Reads a plan.
   *
   * @throws StartException naming the file, if it is none
   */
  public static AdoptionPlan read(Path file) throws IOException {
    try {
      return Json.read(AdoptionPlan.class, Json.parse(Files.readAllBytes(file), LIMITS));
    } catch (JsonRefused e) {
      throw new StartException(file + " is no plan of an adoption: " + e.getMessage());
    }
  }
}
