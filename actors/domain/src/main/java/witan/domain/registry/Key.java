package witan.domain.registry;

import org.jspecify.annotations.Nullable;

/**
 * What the registry knows of an address that was ever a member's; never forgotten, so that no
 * address has two members and no statement is taken twice.
 *
 * @param active whether the member votes with it
 * @param nonce of the last statement; -1 before the first
 * @param signature of the last statement
 * @param seq number of the event that the last statement became
 */
public record Key(String member, boolean active, long nonce, @Nullable String signature, long seq) {
  static Key of(String member) {
    return new Key(member, true, -1, null, 0);
  }

  Key said(Statement statement, String with, long at, boolean stillActive) {
    return new Key(member, stillActive, statement.nonce(), with, at);
  }

  Key retired() {
    return new Key(member, false, nonce, signature, seq);
  }
}
