package witan.codec.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.codec.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import witan.codec.Samples;
import witan.codec.event.Encoded;
import witan.codec.event.EventCodec;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;

class BundleTest {
  private static Bundle bundle(Anchor anchor) {
    List<BundleEntry> entries = new ArrayList<>();
    EventCodec codec = new EventCodec();
    for (DomainEvent event : Samples.events()) {
      Encoded e = codec.encode(event, Samples.pidOf(event), 1, Digest.ZERO, null, Samples.KEY);
      entries.add(
          new BundleEntry(
              entries.size(),
              new String(e.entry(), StandardCharsets.UTF_8),
              List.of(Samples.digest(1), Samples.digest(2)),
              codec.disclose(e.entry(), e.sealedBody(), Samples.KEY, Set.of("raw"))));
    }
    return new Bundle(
        Samples.CASE,
        "witan.example/demo\n16\nAAAA\n\n\u2014 witan.example/demo BBBB\n",
        entries.subList(14, 15),
        entries.subList(0, 14),
        List.of(entries.subList(0, 2), List.of()),
        Samples.electorate(),
        List.of(Json.mapper().createObjectNode().put("type", "playbook").put("x", 1.5)),
        entries.subList(3, 4),
        Samples.radius(),
        anchor,
        "witan.example/demo/bundle\n\n\u2014 witan.example/demo CCCC\n");
  }

  private static Anchor anchor() {
    return new Anchor(
        8,
        Samples.digest(1),
        31_337,
        Samples.digest(2),
        Samples.ANA,
        Samples.digest(3),
        9,
        Samples.digest(4),
        List.of(Samples.digest(5)));
  }

  @Test
  void aBundleComesBackBitForBit() {
    for (Bundle bundle : List.of(bundle(null), bundle(anchor()))) {
      byte[] bytes = bundle.bytes();
      Bundle read = Bundle.parse(bytes);
      assertArrayEquals(bytes, read.bytes());
      assertEquals(bundle.caseId(), read.caseId());
      assertEquals(bundle.anchor(), read.anchor());
      assertEquals(bundle.caseEntries().get(1), read.caseEntries().get(1));
      assertEquals(List.of("raw"), read.caseEntries().get(1).disclosure().withheld());
    }
  }

  @Test
  void theMembersAreTheDocumentedOnes() {
    List<String> names = new ArrayList<>();
    witan.codec.json.Json.parse(bundle(null).bytes(), witan.codec.json.Limits.DEFAULT)
        .fieldNames()
        .forEachRemaining(names::add);
    assertEquals(
        List.of(
            "anchor",
            "blastRadius",
            "case",
            "caseId",
            "checkpoint",
            "decisions",
            "electorate",
            "format",
            "grants",
            "playbooks",
            "registry",
            "seal"),
        names);
  }

  @Test
  void theSealStandsBesideWhatItSealsAndIsNeverLeftOut() {
    Bundle bundle = bundle(anchor());
    Bundle other = bundle.withSeal("another");
    assertArrayEquals(bundle.content(), other.content());
    assertEquals("another", Bundle.parse(other.bytes()).seal());
    assertRefused("bundle_unsealed", () -> Bundle.parse(bundle.content()));
  }

  @Test
  void otherBytesAreRefusedOrMeanSomethingElse() {
    byte[] bytes = bundle(anchor()).bytes();
    Random random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] changed = bytes.clone();
      changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        // whatever is still a bundle is another one: the verifier judges what it says
        assertArrayEquals(changed, Bundle.parse(changed).bytes(), "seed 3, " + i);
      } catch (JsonRefused expected) {
        refused++;
      }
    }
    assertTrue(refused > 300, "refused " + refused);
  }

  @Test
  void layoutExtraMembersAndFormatsAreRefused() {
    String good = new String(bundle(null).bytes(), StandardCharsets.UTF_8);
    assertRefused("bundle_not_canonical", () -> parse(good + "\n"));
    assertRefused("bundle_format_unknown", () -> parse(good.replace("bundle/1", "bundle/2")));
    assertRefused("bundle_format_unknown", () -> parse("[]"));
    assertThrows(
        JsonRefused.class, () -> parse(good.replace("{\"anchor\"", "{\"a\":1,\"anchor\"")));
    assertThrows(JsonRefused.class, () -> parse(good.replace("\"case\":", "\"cases\":")));
  }

  private static Bundle parse(String text) {
    return Bundle.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aTrustFileMayBeLaidOutButNotExtended() {
    TrustFile trust =
        new TrustFile(
            "witan.example/demo",
            "witan.example/demo+33d7b496+AeHT",
            List.of("w+1+A"),
            new TrustedChain(1, Samples.digest(2), Samples.ANA),
            Samples.digest(3));
    TrustFile without =
        new TrustFile(trust.origin(), trust.logKey(), List.of(), null, trust.charterHash());
    TrustFile more =
        new TrustFile(
            trust.origin(),
            trust.logKey(),
            trust.witnesses(),
            trust.chain(),
            Samples.digest(3),
            1,
            List.of("e+1+A"));
    TrustFile adopted =
        new TrustFile(
            trust.origin(),
            trust.logKey(),
            trust.witnesses(),
            trust.chain(),
            Samples.digest(3),
            null,
            null,
            null,
            List.of("g+1+A"));
    assertFalse(new String(trust.bytes(), StandardCharsets.UTF_8).contains("witnessThreshold"));
    for (TrustFile file : List.of(trust, without, more, adopted)) {
      String text = new String(file.bytes(), StandardCharsets.UTF_8);
      assertEquals(file, TrustFile.parse(file.bytes()));
      assertEquals(
          file,
          TrustFile.parse((text.replace(",", ",\n  ") + "\n").getBytes(StandardCharsets.UTF_8)));
      assertRefused(
          "json_unknown_field",
          () ->
              TrustFile.parse(
                  text.replace("{\"c", "{\"x\":1,\"c").getBytes(StandardCharsets.UTF_8)));
      assertRefused(
          "trust_format_unknown",
          () -> TrustFile.parse(text.replace("/1", "/9").getBytes(StandardCharsets.UTF_8)));
    }
  }
}
