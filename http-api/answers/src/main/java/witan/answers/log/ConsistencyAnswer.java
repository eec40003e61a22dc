package witan.answers.log;

import java.util.List;
import witan.domain.common.Digest;

/** A consistency proof of RFC 6962 between two sizes. */
public record ConsistencyAnswer(long from, long to, List<Digest> hashes) {}
