package witan.answers.playbooks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;

/**
 * Who signed a playbook.
 *
 * @param key SHA-256 of the public key (DER SubjectPublicKeyInfo)
 * @param signee what the signature says; not checked
 */
public record PlaybookSignerLine(
    Digest key, String signee, @Nullable Instant validFrom, @Nullable Instant validUntil) {}
