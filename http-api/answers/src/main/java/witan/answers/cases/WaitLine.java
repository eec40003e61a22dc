package witan.answers.cases;

import java.time.Instant;

/**
 * A reason for which a case waits.
 *
 * @param code of {@link witan.domain.waiting.WaitCode#text}
 * @param who a role, never a person
 */
public record WaitLine(String code, String detail, Instant since, String who) {}
