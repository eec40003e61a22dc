package witan.domain.detection;

import java.time.Instant;
import witan.domain.common.Digest;

/**
 * What is known of an event besides its content; all of it from the shell, nothing from the sender.
 *
 * @param sensor the authenticated sensor
 * @param cluster the cluster or account that the sensor watches
 * @param rawDigest SHA-256 of the event's bytes as received
 * @param ingestedAt whole milliseconds
 */
public record IngestContext(String sensor, String cluster, Digest rawDigest, Instant ingestedAt) {}
