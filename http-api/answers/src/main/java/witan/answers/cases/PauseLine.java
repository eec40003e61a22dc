package witan.answers.cases;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** By whom, why and until when no forward step begins. */
public record PauseLine(
    String by, @Nullable String person, String reason, Instant at, Instant until) {}
