package witan.http.route;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import witan.domain.api.Answer;
import witan.domain.common.Address;
import witan.domain.common.Refusal;
import witan.domain.registry.Key;
import witan.domain.registry.Member;
import witan.domain.registry.RegistryState;
import witan.http.error.Code;

/** Keys that were members' once. The registry forgets none, so it can say which one is wanted. */
final class FormerKeys {
  private FormerKeys() {}

  /** Those that members vote with no more, by the member's handle. */
  static Map<String, List<Address>> byMember(RegistryState state) {
    return state.keys().entrySet().stream()
        .filter(e -> !e.getValue().active())
        .sorted(Comparator.comparing(e -> e.getKey().hex()))
        .collect(
            Collectors.groupingBy(
                e -> e.getValue().member(),
                Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
  }

  /** What was refused because no member has that key now, or had it then, says which one has. */
  static <T> Answer<T> explained(Answer<T> answer, RegistryState state, Address signer) {
    if (!(answer instanceof Answer.Declined<T> declined)
        || !declined.refusal().code().equals(Code.NOT_A_MEMBER.wire())) {
      return answer;
    }
    Refusal refusal = rotated(state, signer);
    return refusal == null ? answer : new Answer.Declined<>(refusal);
  }

  private static @Nullable Refusal rotated(RegistryState state, Address signer) {
    Key key = state.keys().get(signer);
    Member member = key == null ? null : state.members().get(key.member());
    if (key == null || member == null) {
      return null;
    }
    if (key.active()) {
      List<Address> former = byMember(state).getOrDefault(member.handle(), List.of());
      return former.isEmpty()
          ? null
          : refusal(
              signer + " is the key of " + member.handle() + " now, and was not when it began.",
              "Sign with the key that the member had then: " + texts(former) + ".");
    }
    Address now = member.address();
    return refusal(
        signer + " was a key of " + member.handle() + ", and is not any more.",
        now == null
            ? "The key was revoked; the council gives the member another one (ReplaceKey)."
            : "Sign with the key that it was changed to: " + now + ".");
  }

  private static Refusal refusal(String message, String hint) {
    return new Refusal(Code.KEY_ROTATED.wire(), message, hint);
  }

  private static String texts(List<Address> keys) {
    return String.join(" or ", keys.stream().map(Address::hex).toList());
  }
}
