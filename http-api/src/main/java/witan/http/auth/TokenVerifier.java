package witan.http.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.codec.hash.Hashes;
import witan.http.error.Code;
import witan.http.error.Problem;

/**
 * Believes HS256 tokens of one key for one audience. No other algorithm is ever considered (RFC
 * 8725 3.1), {@code sub}, {@code aud}, {@code exp} and {@code roles} must be there, and there is no
 * leeway on the clock. Thread-safe.
 */
public final class TokenVerifier implements Tokens {
  private static final int MAX_TOKEN = 8192;
  private static final int MAX_VERIFIED = 1024;
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  private static final String HINT = "Get a token from the operator of this deployment.";

  private final MACVerifier verifier;

  /** By the token's SHA-256: who asks sends the same one with every request. */
  private final Cache<ByteBuffer, Principal> verified =
      Caffeine.newBuilder().maximumSize(MAX_VERIFIED).build();

  private final String audience;
  private final InstantSource clock;

  public TokenVerifier(TokenKey key, String audience, InstantSource clock) {
    try {
      this.verifier = new MACVerifier(key.bytes());
    } catch (JOSEException e) {
      throw new IllegalArgumentException("not a key for HS256", e);
    }
    this.audience = audience;
    this.clock = clock;
  }

  /**
   * Reads a compact JWT.
   *
   * @throws Problem with 401 {@code token_invalid} or {@code token_expired}
   */
  @Override
  public Principal verify(String token) {
    if (token.length() > MAX_TOKEN) {
      throw invalid("it has more than " + MAX_TOKEN + " characters");
    }
    ByteBuffer digest = ByteBuffer.wrap(Hashes.sha256(token.getBytes(StandardCharsets.UTF_8)));
    Principal known = verified.getIfPresent(digest);
    if (known != null && known.expiresAt().isAfter(clock.instant())) {
      return known;
    }
    try {
      Principal principal = principal(claims(token));
      verified.put(digest, principal);
      return principal;
    } catch (ParseException | JOSEException e) {
      throw invalid("it is not a signed JWT");
    }
  }

  private JWTClaimsSet claims(String token) throws ParseException, JOSEException {
    SignedJWT jwt = SignedJWT.parse(token);
    if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())) {
      throw invalid("its algorithm is not HS256");
    }
    if (!jwt.verify(verifier)) {
      throw invalid("its signature is wrong");
    }
    return jwt.getJWTClaimsSet();
  }

  private Principal principal(JWTClaimsSet claims) throws ParseException {
    if (!claims.getAudience().contains(audience)) {
      throw invalid("it is for another audience");
    }
    Instant now = clock.instant();
    Date expiry = claims.getExpirationTime();
    Date notBefore = claims.getNotBeforeTime();
    if (expiry == null || (notBefore != null && notBefore.toInstant().isAfter(now))) {
      throw invalid("it has no expiry or is not valid yet");
    }
    if (!expiry.toInstant().isAfter(now)) {
      throw unauthorized(Code.TOKEN_EXPIRED, "The bearer token has expired.");
    }
    String subject = claims.getSubject();
    String cluster = claims.getStringClaim("cluster");
    if (!isName(subject)) {
      throw invalid("its subject is not a name (" + NAME + ")");
    }
    Set<Role> roles = roles(claims.getStringListClaim("roles"));
    if (roles.contains(Role.SENSOR) && !isName(cluster)) {
      throw invalid("a sensor's token names its cluster");
    }
    List<String> clusters = claims.getStringListClaim("clusters");
    if (clusters != null && !clusters.stream().allMatch(TokenVerifier::isName)) {
      throw invalid("one of its clusters is not a name (" + NAME + ")");
    }
    List<String> formats = claims.getStringListClaim("formats");
    return new Principal(
        subject,
        roles,
        cluster,
        clusters == null ? Set.of() : Set.copyOf(clusters),
        formats == null ? Set.of() : Set.copyOf(formats),
        expiry.toInstant());
  }

  private static Set<Role> roles(@Nullable List<String> names) {
    if (names == null || names.isEmpty()) {
      throw invalid("it has no roles");
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : names) {
      roles.add(Role.of(name).orElseThrow(() -> invalid("it has a role that does not exist")));
    }
    return roles;
  }

  private static boolean isName(@Nullable String text) {
    return text != null && text.matches(NAME);
  }

  private static Problem invalid(String why) {
    return unauthorized(Code.TOKEN_INVALID, "The bearer token is not valid: " + why + ".");
  }

  private static Problem unauthorized(Code code, String detail) {
    // RFC 6750, 3.1
    return Problem.of(code, detail, HINT)
        .withHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  }
}
