package witan.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.Date;

/** Makes tokens that {@link TokenVerifier} with the same key and audience accepts. Thread-safe. */
public final class TokenIssuer {
  private final MACSigner signer;
  private final String audience;

  /**
   * Signs for one audience.
   *
   * @param audience the origin of the council's log
   */
  public TokenIssuer(TokenKey key, String audience) {
    try {
      this.signer = new MACSigner(key.bytes());
    } catch (JOSEException e) {
      throw new IllegalArgumentException("not a key for HS256", e);
    }
    this.audience = audience;
  }

  /** A compact JWT; its expiry is cut to whole seconds. */
  public String issue(Principal principal) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .subject(principal.name())
            .audience(audience)
            .expirationTime(Date.from(principal.expiresAt()))
            .claim("roles", principal.roles().stream().map(Role::wire).sorted().toList());
    if (principal.cluster() != null) {
      claims.claim("cluster", principal.cluster());
    }
    if (!principal.clusters().isEmpty()) {
      claims.claim("clusters", principal.clusters().stream().sorted().toList());
    }
    if (!principal.formats().isEmpty()) {
      claims.claim("formats", principal.formats().stream().sorted().toList());
    }
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("the signer took its key but cannot sign", e);
    }
    return token.serialize();
  }
}
