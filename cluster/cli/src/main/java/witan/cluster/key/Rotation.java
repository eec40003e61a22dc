package witan.cluster.key;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import witan.cluster.StartException;
import witan.cluster.change.CouncilNow;
import witan.cluster.change.CouncilNow.Seated;
import witan.cluster.change.SignerOptions;
import witan.cluster.sign.Confirmation;
import witan.cluster.sign.Signing;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.registry.KeyRotation;
import witan.domain.registry.SignedRotation;
import witan.signing.MemberKey;
import witan.signing.TypedData;

/** A member's key goes to another one, or to none. */
final class Rotation {
  private Rotation() {}

  /**
   * Shows, asks, signs with both keys, posts; the command's exit code.
   *
   * @param fresh null revokes
   */
  static int sign(CommandSpec spec, SignerOptions signer, @Nullable MemberKey fresh)
      throws Exception {
    Signing signing = signer.begin(spec);
    CouncilNow council = CouncilNow.read(signing.api(), signing.token());
    tell(signing, council, fresh);
    if (!signer.confirmed(signing, fresh == null ? "Revoke it?" : "Change it?")) {
      return Confirmation.NOT_CONFIRMED;
    }
    Address to = fresh == null ? KeyRotation.NOBODY : fresh.address();
    KeyRotation rotation =
        new KeyRotation(
            signing.charter(), signing.address(), to, nonce(signing, to), Signing.deadline());
    byte[] digest = TypedData.digest(signing.domain(), rotation);
    SignedRotation signed =
        new SignedRotation(
            rotation, signing.key().sign(digest), fresh == null ? null : fresh.sign(digest));
    JsonNode receipt = signing.api().post("/v1/keys", signing.token(), Json.canonical(signed));
    signing
        .out()
        .println((fresh == null ? "Revoked: " : "Changed: ") + Confirmation.receipt(receipt));
    return 0;
  }

  private static void tell(Signing signing, CouncilNow council, @Nullable MemberKey fresh) {
    Seated member =
        council
            .member(signing.address().hex())
            .orElseThrow(
                () -> new StartException("no member votes with the key " + signing.address()));
    signing.out().printf("The key of %s of %s%n", member.name(), member.organisation());
    signing.out().printf("  %s ->%n", signing.address());
    if (fresh == null) {
      signing.out().println("  none: it is REVOKED, and the seat does not vote until the members");
      signing.out().println("  give it another (witan propose member key). No way back.");
    } else {
      signing.out().printf("  %s%n", fresh.address());
      signing.out().println("Open votes count the old key: keep it until they are over.");
    }
  }

  /** Only the nonce is taken from the council: a wrong one is refused and harms nobody. */
  private static long nonce(Signing signing, Address to) throws Exception {
    return signing
        .api()
        .get(
            "/v1/keys/typed-data?oldKey=%s&newKey=%s".formatted(signing.address(), to),
            signing.token())
        .at("/rotation/nonce")
        .asLong();
  }
}
