/** SHA-256, HMAC, the RFC 6962 tree head, and the digests of content. */
@NullMarked
package witan.codec.hash;

import org.jspecify.annotations.NullMarked;
