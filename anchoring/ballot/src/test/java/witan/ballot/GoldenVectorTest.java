package witan.ballot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values made with ethers 6 for the private key keccak256("cow"). */
class GoldenVectorTest {
  static final byte[] COW = Keccak256.hash("cow".getBytes(StandardCharsets.US_ASCII));
  static final String VOTER = "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826";
  static final Eip712.Domain DOMAIN =
      new Eip712.Domain(
          "Incident Response DAO", "1", 1337, "0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC");
  static final VoteStruct VOTE =
      new VoteStruct(
          "0x" + "11".repeat(32),
          "0x" + "22".repeat(32),
          VOTER,
          1,
          BigInteger.valueOf(5),
          1,
          1893456000L,
          "0x" + "00".repeat(32));
  static final String COUNCIL = "0x" + "55".repeat(32);
  static final DelegationStruct DELEGATION = delegation(COUNCIL);
  static final DelegationStruct OLD_DELEGATION = delegation(null);
  static final byte[] DOG = Keccak256.hash("dog".getBytes(StandardCharsets.US_ASCII));
  static final KeyRotationStruct ROTATION = rotation(COUNCIL);
  static final KeyRotationStruct OLD_ROTATION = rotation(null);
  static final VetoStruct VETO = veto(COUNCIL);
  static final VetoStruct OLD_VETO = veto(null);
  static final ConfirmStepStruct CONFIRMATION =
      new ConfirmStepStruct(
          COUNCIL,
          "0x" + "11".repeat(32),
          "0x" + "22".repeat(32),
          true,
          "0x" + "66".repeat(32),
          VOTER,
          7,
          1893456000L);
  static final AbortStruct ABORT =
      new AbortStruct(
          COUNCIL, "0x" + "11".repeat(32), true, "0x" + "66".repeat(32), VOTER, 7, 1893456000L);
  static final VerdictStruct VERDICT =
      new VerdictStruct(
          COUNCIL, "0x" + "11".repeat(32), 2, "0x" + "66".repeat(32), VOTER, 7, 1893456000L);
  static final ContainmentOnStruct CONTAINMENT_ON =
      new ContainmentOnStruct(
          COUNCIL, "0x" + "00".repeat(32), "0x" + "66".repeat(32), VOTER, 7, 1893456000L);
  static final AdoptLogStruct ADOPTION =
      new AdoptLogStruct(
          COUNCIL,
          1234,
          "0x" + "33".repeat(32),
          "0x" + "77".repeat(32),
          "0x" + "66".repeat(32),
          VOTER,
          7,
          1893456000L);
  static final FoundingStruct FOUNDING = new FoundingStruct("0x" + "44".repeat(32), VOTER);

  private static DelegationStruct delegation(@Nullable String council) {
    return new DelegationStruct(
        council,
        VOTER,
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0x" + "33".repeat(32),
        7,
        1893456000L);
  }

  private static KeyRotationStruct rotation(@Nullable String council) {
    return new KeyRotationStruct(
        council, VOTER, "0x252487948306535425542FCFE52008d32d1Fd9fb", 7, 1893456000L);
  }

  private static VetoStruct veto(@Nullable String council) {
    return new VetoStruct(
        council,
        "0x" + "11".repeat(32),
        "0x" + "22".repeat(32),
        VOTER,
        "0x" + "66".repeat(32),
        7,
        1893456000L);
  }

  static Stream<Secp256k1Backend> backends() {
    return Stream.of(new NativeSecp256k1Backend(), new JavaSecp256k1Backend());
  }

  @Test
  void typeHashesAreThoseOfTheSpecification() {
    assertEquals(
        "0x4d16e48aafef41b186f533df56141ef10fe80964477c50d92105123dc84c634d",
        Hex.of(VoteStruct.TYPE_HASH));
    assertEquals(
        "0xe388426eecf305d8d7c969f272f036f0c936ab4dd710dadaa43f36cc06a2ead0",
        Hex.of(DelegationStruct.OLD_TYPE_HASH));
    assertEquals(
        "0xf74b4decc5054eeca546f2b49c47dce682bc5e982951928bf083cc19839b2631",
        Hex.of(DelegationStruct.TYPE_HASH));
    assertEquals(
        "0xb58d13e5a2e1a9aac2abb99379b82e17077efd6e22bfaa3ee4678ccd63bdb70e",
        Hex.of(FoundingStruct.TYPE_HASH));
    assertEquals(
        "0x1ca3ad23d53a0802d8bf3b03f83de44dd00d97703535f6b7be9fdeeea90568df",
        Hex.of(KeyRotationStruct.OLD_TYPE_HASH));
    assertEquals(
        "0x8501fba05a13821cc1f6bba30926cd1337b75eaea4690f742b0fc7e295b09a62",
        Hex.of(KeyRotationStruct.TYPE_HASH));
    assertEquals(
        "0x863fc6ef3e347d3d99cf82c93005deb5dc50e6b2e203acffa878fb26c891b34b",
        Hex.of(VetoStruct.OLD_TYPE_HASH));
    assertEquals(
        "0xd53f35c6b9c2812cbc456460af64e3bc01bf0e895d58ac9a28ea58cc1220ed1b",
        Hex.of(VetoStruct.TYPE_HASH));
    assertEquals(
        "0x7e89675bff6ee9792bfd8869636c849c8af80699a4c868442ce12f356d18cd0e",
        Hex.of(ConfirmStepStruct.TYPE_HASH));
    assertEquals(
        "0xecd7a815f200dd73c68f2c179cff3df8dd024065c07e21fd5b0affccf5f8cee7",
        Hex.of(AbortStruct.TYPE_HASH));
    assertEquals(
        "0x0d052d1e3d55b97256263383c0a80bba7e140e314a13b7a013f10fd95e4fbc58",
        Hex.of(VerdictStruct.TYPE_HASH));
    assertEquals(
        "0x8235d2fd70a5b7863e5c26e31c48c4ec00afaa5c5a2f039073d42f79a40b2fdd",
        Hex.of(ContainmentOnStruct.TYPE_HASH));
    assertEquals(
        "0x39189adc7773b556c9c853ea7ce3d34a900bea9c540b224bd0d3e33c86be36f1",
        Hex.of(AdoptLogStruct.TYPE_HASH));
  }

  @Test
  void hashesOfTheVoteAreThoseOfEthers() {
    assertEquals(
        "0x4ccc3caa81e3b06ce4241a1278876d134d68b328c3092d2b1f5c934e1125c33c",
        Hex.of(Eip712.domainSeparator(DOMAIN)));
    assertEquals(
        "0x6c7c20e4fc4ddb44fff966ffad27743857c5995772be74cfaf56f830f5c8415b",
        Hex.of(VOTE.structHash()));
    assertEquals(
        "0x64c67df09ef6f4ab7cb24ad5669dd93c2e01577156e82f224e00d64c277c489d",
        Hex.of(VOTE.digest(Eip712.domainSeparator(DOMAIN))));
  }

  @Test
  void hashesOfDelegationAndFoundingAreThoseOfEthers() {
    byte[] separator = Eip712.domainSeparator(DOMAIN);
    assertEquals(
        "0x47fadb22bfaf9a0fa8b480d80f866843deadaa8fcf49b1e96be4b018a00407c4",
        Hex.of(OLD_DELEGATION.structHash()));
    assertEquals(
        "0x0582e844dff5fafa9bd1c5532daa671b9f0c6031ef21998677a1f12eada49d30",
        Hex.of(OLD_DELEGATION.digest(separator)));
    assertEquals(
        "0x8b73c08c0d09daa0bfe2bb76e32e584e66d46a099208cd7471fc43a51b1b8913",
        Hex.of(FOUNDING.structHash()));
    assertEquals(
        "0xafb1f6745092f136fbad5c2f206271c42a492fddcd2ae160056faa2f0d94da45",
        Hex.of(FOUNDING.digest(separator)));
  }

  @Test
  void structsThatNameTheCouncilHashAsInEthers() {
    byte[] separator = Eip712.domainSeparator(DOMAIN);
    assertEquals(
        "0xa6a3a202e12f91da2f590aacda1913b5e010cd08be64df1d33fd959c924631be",
        Hex.of(DELEGATION.structHash()));
    assertEquals(
        "0xbe2105548e344e91f0262977452ec80bb83e5417308483dc6cf43fe36585323f",
        Hex.of(DELEGATION.digest(separator)));
    assertEquals(
        "0x90219bf5594d556d9f6b76fbf17703e378422be44afc54e9441f26f185a9b5ae",
        Hex.of(VETO.structHash()));
    assertEquals(
        "0xa15c351b44ab2e3ce730c8e56597c0d979812a986a1ff83307703e87f93f845e",
        Hex.of(VETO.digest(separator)));
    assertEquals(
        "0xaed3f1763ac749625aeeb5bc0843444cb93f76aaa2bca7a0d8152f2a3965e131",
        Hex.of(ROTATION.structHash()));
    byte[] digest = ROTATION.digest(separator);
    assertEquals(
        "0x105dfb825b6e03d788557d158e7107e9df5e35c63578c0e6ef114819567ac3f2", Hex.of(digest));
    assertEquals(
        "0x9b1b42df746a583bedc30cf5fcf18cfdaf29554a1b2328a856779713fcc1a10a"
            + "5d8e1dce0109e4b5d479ab5ef0f2eb4d8799c31c9fb4a5c6805a0395cbb799ec1c",
        Hex.of(Signatures.sign(digest, DOG)));
  }

  @Test
  void statementsAboutCasesHashAsInEthers() {
    byte[] separator = Eip712.domainSeparator(DOMAIN);
    assertEquals(
        "0xffbb73c8ff1d3685adbf8d16754e2481fe35e49ae8b42bb5d010fa6c100c1477",
        Hex.of(CONFIRMATION.structHash()));
    assertEquals(
        "0x2e59480c47dd176661530956b8af6713f36f356252724a9920772fb882bd81e0",
        Hex.of(CONFIRMATION.digest(separator)));
    assertEquals(
        "0x0b0cb27f618b0b8b9ac849db3aabb311c717fc081ddc0346afac0104d2a40481",
        Hex.of(ABORT.structHash()));
    assertEquals(
        "0x6383297781eea0322debdb388dfdcd352dc939d023c376cf38088c59ea9ff35b",
        Hex.of(ABORT.digest(separator)));
    assertEquals(
        "0xaeec945c34af9936adcdc7d15aead1cb985b3db4397d0f346f6b98bd1f7e0462",
        Hex.of(VERDICT.structHash()));
    assertEquals(
        "0x468ba3161e834b600b50720239271099bcd51fb2eae8d13bd15e36777b5b3c13",
        Hex.of(VERDICT.digest(separator)));
    assertEquals(
        "0x7382fdd0484f6f02a5bc878e219d184cf3075a4ef295e8939a34b849090d7d06",
        Hex.of(CONTAINMENT_ON.structHash()));
    assertEquals(
        "0xaa7722053bb31923ea4b260c6aaf167ab607a2baf8fe95ad01f7712557710561",
        Hex.of(CONTAINMENT_ON.digest(separator)));
  }

  @Test
  void hashesOfAnAdoptionAreThoseOfEthers() {
    assertEquals(
        "0xb7d24ac49e74239e927224c78943af9bc7284caf6710ef1d42fe4d9a153505b5",
        Hex.of(ADOPTION.structHash()));
    assertEquals(
        "0x47189979a94898986ca7d4c2a7d6784d772badbddd95bfe1f986ad7091e441ce",
        Hex.of(ADOPTION.digest(Eip712.domainSeparator(DOMAIN))));
  }

  /** As they were signed before they named the council; entries of version 1 hold them. */
  @Test
  void bothKeysSignOneOldRotationAsEthersDoes() {
    assertEquals(
        "0x44643de4844b8a986470dfb08059e77af9b0d8d8090f1944a2ba95c3f1bf7cb8",
        Hex.of(OLD_ROTATION.structHash()));
    byte[] digest = OLD_ROTATION.digest(Eip712.domainSeparator(DOMAIN));
    assertEquals(
        "0x0c1e62eb67da1478794831aad9786b5e24e03c48196dff2fe530bc81070ef368", Hex.of(digest));
    assertEquals(
        "0x592f62feab3370267d082eb960161374a9c4aa796f79da817dfc11153323d352"
            + "5e423673c458337c075948dfc3c4c5ba9858d251b7214afc3036f91d204df9921b",
        Hex.of(Signatures.sign(digest, COW)));
    assertEquals(
        "0xf2e05a06cb57ad6d93f88d9270ab8bc4cc54b12074257e2c8afd815ab1e70ff5"
            + "0191bed0e0cb8d3a690fcea254d780c84b60d725598b70b000bf4522f498d8661c",
        Hex.of(Signatures.sign(digest, DOG)));
  }

  /** A delegation to oneself, which revokes. */
  @Test
  void anOldRevocationIsSignedAsEthersDoes() {
    DelegationStruct revocation =
        new DelegationStruct(null, VOTER, VOTER, "0x" + "00".repeat(32), 8, 0);
    byte[] digest = revocation.digest(Eip712.domainSeparator(DOMAIN));
    assertEquals(
        "0x0dc110a7da46c92b84c42eef2f856ad11007b62b4b9e8bbc2c9fbf0be78f1320", Hex.of(digest));
    assertEquals(
        "0x0ed5423a49435bd83c69e1008a79eea4d1c1ed2c7f9180f7d3a81abb451d8e51"
            + "6d6618463048af7d0568ddd076f205fdd9f38741e2806cb0bf1be07f27dec0db1b",
        Hex.of(Signatures.sign(digest, COW)));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void everyBackendSignsAndRecoversAsEthers(Secp256k1Backend backend) {
    byte[] separator = Eip712.domainSeparator(DOMAIN);
    assertSignature(
        backend,
        VOTE.digest(separator),
        "0x6b94304ce4a32a66d9950eebf3f6b30e97d260057f6a6af58b05fca7300cb229"
            + "69bd95b2d5728cf9cc7ca79132d3e8be78f3df9835df8a6c0e220cdf20f94ccf1b");
    assertSignature(
        backend,
        OLD_DELEGATION.digest(separator),
        "0xd0814055887d50b6cbac4539c5d2077ece30c5589212caf2fd3f9650d3d4df8f"
            + "7f1d5bd27a3705589d313db47d77d31a383016f599379c5aa385ba0bccd38ffd1b");
    assertSignature(
        backend,
        OLD_VETO.digest(separator),
        "0x162d4f5778756114cd71792945ecde60e359a10a04ce87d4ae4d37a82aefcbbb"
            + "385052c36bdc2ef635d0bd4f55dcc1d8a6929078758ac9102d107ad8e8ca45cd1b");
    assertSignature(
        backend,
        DELEGATION.digest(separator),
        "0x7c15932eb166e1e35cd780f02a9d63a27cce855cb8e6d7a5c5a8f23eea00e090"
            + "0c96ceead7ffafdbbeda8749276a2cbb7ed764543ddf3e97add4b473cfe6cb701c");
    assertSignature(
        backend,
        ROTATION.digest(separator),
        "0x063dcef1895d581d19981f3a6e8160ec3180f75fa5b61058ab4ab8ee6892024c"
            + "63714de3632b624a9fec13623a089a11a6244486a4607bad58c5e7169de0a6691b");
    assertSignature(
        backend,
        VETO.digest(separator),
        "0xa12c477e6ee662d09d683803b90c7e07b1664792e5807fe70870d4975042afa1"
            + "5c1b58a4e97bdc57a1135c538e30ccc0d2b3018fc6646c841dded683bbdd26721b");
    assertSignature(
        backend,
        CONFIRMATION.digest(separator),
        "0x8e34bbaeaa36ead0886abd7e69fa5789dbc4b4354074debebcf47d50036cedb2"
            + "7106a717607bd87ec2caaa2cb1e16e619c92c4d8c09cd52db669b3bc5d6d8c9b1b");
    assertSignature(
        backend,
        ABORT.digest(separator),
        "0x9fc3679045a5f120662d24ca61e55e8d787aa17da37b0f70e196150a25c743d4"
            + "21fd13d26850c9d662cb2d80d911caf40453c391323b28d7b522766e68ed4d711c");
    assertSignature(
        backend,
        VERDICT.digest(separator),
        "0xd39d389b3a8a27ac6d628c6fe6e729d2fe706e98e8c999d5740a0a35204d67bf"
            + "2c82ed683fd2906ddc13032dbc87b632a002879755bc5c9f05bb8b78c0aa686c1b");
    assertSignature(
        backend,
        CONTAINMENT_ON.digest(separator),
        "0x42b5f6dd67461efcbabec1b7f9c6969a1148eea333570a2a2191cc84aa8a8b21"
            + "6b8e344d956e88ebd1587670763113496258f55ce2925d4a86e9d1d4758a00c01c");
    assertSignature(
        backend,
        ADOPTION.digest(separator),
        "0xc2a8179b97ad435a39ce52374bd95da78d06e3fbc6979492942df5bbf713c6d5"
            + "12ae821d399dff7835448b6fdd58e0377b9f6b448863896ae9ef8935f40028411b");
    assertSignature(
        backend,
        FOUNDING.digest(separator),
        "0x4dfa4d803a63eb9809ec610ddcfdb9ca94201e462ac708df2efee985be64a77d"
            + "158295fcdd198e114f469c9c3a4c7390ba3f6293e5441e65dc65a8648d17657f1b");
  }

  private static void assertSignature(Secp256k1Backend backend, byte[] digest, String expected) {
    byte[] signature = Signatures.sign(backend, digest, COW);
    assertEquals(expected, Hex.of(signature), backend.name());
    assertEquals(
        VOTER,
        Signatures.checksummed(Signatures.recover(backend, digest, signature)),
        backend.name());
    assertEquals(VOTER, Signatures.checksummed(Signatures.addressOf(backend, COW)), backend.name());
  }
}
