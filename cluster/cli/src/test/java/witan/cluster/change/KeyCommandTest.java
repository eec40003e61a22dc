package witan.cluster.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.signing.MemberKey;

/** A member changes its key, or gives it up. */
class KeyCommandTest extends CommandRun {
  private static final String NEXT = "4e".repeat(32);

  private Address anasAddress() {
    return council.state.members().get("ana").address();
  }

  @Test
  void bothKeysSignAChange() throws IOException {
    Address old = FoundedCouncil.ANA.address();
    Address next = MemberKey.read(NEXT).address();
    says(0, "key rotate --new " + key("next.key", NEXT));
    shown("The key of ana of acme");
    shown("  " + old + " ->");
    shown("  " + next);
    shown("keep it until they are over");
    shown("Changed: log entry 41");
    assertEquals(next, anasAddress());
    // The old one is nobody's now
    says(2, "key rotate --new " + key("next.key", NEXT));
    failed("no member votes with the key " + old);
  }

  @Test
  void aRevokedKeyLeavesTheSeatWithoutOne() {
    says(0, "key revoke");
    shown("it is REVOKED");
    shown("Revoked: log entry 41");
    assertNull(anasAddress());
  }

  @Test
  void nothingIsSignedUnaskedOrWithoutANewKey() throws IOException {
    says(2, "key rotate --new " + folder.resolve("absent.key"));
    failed("make the new key first");
    run(2, "key revoke" + access());
    failed("there is no terminal");
    says(2, "key revoke --trust " + trust(Digest.ZERO));
    failed("this is not the council of");
    run(2, "key");
    assertEquals(FoundedCouncil.ANA.address(), anasAddress());
  }

  @Test
  void aKeyThatIsAMembersIsRefused() throws IOException {
    says(1, "key rotate --new " + key("bo.key", "4d".repeat(32)));
    failed("key_in_use");
    assertEquals(FoundedCouncil.ANA.address(), anasAddress());
  }
}
