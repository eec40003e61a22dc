package witan.codec.playbook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.catalogue.PlaybookSigner;
import witan.domain.common.Digest;
import witan.domain.common.Flaw;
import witan.domain.playbook.Parsed;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.PlaybookParser;

/**
 * A submitted playbook, with everything that is wrong with it as far as it shows by itself.
 *
 * @param unsigned canonical JSON without signatures; not copied, nobody writes to it
 * @param digest SHA-256 of it
 * @param signatures the canonical array, empty without any
 * @param signers whose signatures are good, in their order
 * @param playbook null where it cannot be run
 */
@SuppressWarnings("ArrayRecordComponent")
public record PlaybookDocument(
    byte[] unsigned,
    Digest digest,
    String signatures,
    List<PlaybookSigner> signers,
    @Nullable Playbook playbook,
    List<Flaw> problems) {
  public static final int MAX_BYTES = 256 << 10;
  static final Limits LIMITS = new Limits(MAX_BYTES, 32, MAX_BYTES);

  public PlaybookDocument {
    signers = List.copyOf(signers);
    problems = List.copyOf(problems);
  }

  /**
   * Reads one; a {@link JsonRefused} where it is no JSON object within the limits.
   *
   * @param now a signature that is not valid then is a problem, {@code signature_not_in_force}
   */
  public static PlaybookDocument read(byte[] json, Instant now) {
    if (!(Json.parse(json, LIMITS) instanceof ObjectNode whole)) {
      throw new JsonRefused("playbook_malformed", "a playbook is a JSON object", "Check the file.");
    }
    List<Flaw> problems = new ArrayList<>();
    Playbook playbook = null;
    Parsed parsed = PlaybookParser.parse(Json.toTree(whole));
    if (parsed instanceof Parsed.Accepted accepted) {
      playbook = accepted.playbook();
    } else {
      problems.addAll(((Parsed.Refused) parsed).problems());
    }
    PlaybookSignatures.Checked checked = PlaybookSignatures.check(whole);
    problems.addAll(checked.problems());
    for (PlaybookSigner signer : checked.signers()) {
      if (!signer.holdsAt(now)) {
        problems.add(
            new Flaw(
                "/signatures",
                "signature_not_in_force",
                "the signature of " + signer.signee() + " is not valid at this time"));
      }
    }
    ObjectNode unsigned = whole.deepCopy();
    unsigned.remove("signatures");
    return new PlaybookDocument(
        Json.canonical(unsigned),
        PlaybookDigest.of(whole),
        PlaybookSignatures.text(whole),
        checked.signers(),
        playbook,
        problems);
  }
}
