package witan.dev;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An authority and the certificates that it issues, made by the JDK's {@code keytool}: for
 * development and tests. One process a certificate, about a second each. Not thread-safe.
 */
public final class DevAuthority {
  /** Of every store; the files are readable by their owner alone. */
  public static final String PASSWORD = "development";

  private static final String AUTHORITY = "authority";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int VALIDITY_DAYS = 400;
  private static final List<String> EC = List.of("-keyalg", "EC", "-groupname", "secp256r1");
  private static final List<String> ED25519 = List.of("-keyalg", "Ed25519");

  private final Path folder;
  private final Path store;

  /**
   * One certificate and its key.
   *
   * @param certificate PEM: it and the authority's
   * @param key PEM, PKCS#8, mode 0600
   * @param keystore PKCS#12 of both, with {@link #PASSWORD}, mode 0600
   */
  public record Issued(Path certificate, Path key, Path keystore) {}

  private DevAuthority(Path folder) {
    this.folder = folder;
    this.store = folder.resolve(AUTHORITY + ".p12");
  }

  /** In that folder, which is made where there is none. */
  public static DevAuthority make(Path folder) {
    DevAuthority made = new DevAuthority(folder.toAbsolutePath());
    try {
      Files.createDirectories(folder);
      // keytool leaves its store readable by others.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      made.generate(
          AUTHORITY, EC, "-1d", List.of("-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign"));
      made.write(
          "ca.pem", pem("CERTIFICATE", made.loaded().getCertificate(AUTHORITY).getEncoded()));
      KeyStore trusted = empty();
      trusted.setCertificateEntry("ca", made.loaded().getCertificate(AUTHORITY));
      made.save(trusted, made.truststore());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return made;
  }

  /** PEM. */
  public Path certificate() {
    return folder.resolve("ca.pem");
  }

  /** PKCS#12 with the authority alone, and {@link #PASSWORD}. */
  public Path truststore() {
    return folder.resolve("trust.p12");
  }

  /**
   * Issues one.
   *
   * @param name of the files, and the certificate's CN
   * @param hosts as keytool has them: {@code dns:localhost}, {@code ip:127.0.0.1}; none for a
   *     client
   */
  public Issued issue(String name, String... hosts) {
    return issue(name, EC, "-1d", List.of(hosts));
  }

  /**
   * Issues one to a node of the cluster, with a key of Ed25519: it signs with it too.
   *
   * @param roles that its certificate carries
   * @param hosts as {@link #issue} has them
   */
  public Issued issueNode(String name, Set<String> roles, String... hosts) {
    return issue(name, ED25519, "-1d", names(roles, hosts));
  }

  /** One that ended yesterday. */
  public Issued issueExpired(String name, Set<String> roles, String... hosts) {
    return issue(name, ED25519, "-" + (VALIDITY_DAYS + 1) + "d", names(roles, hosts));
  }

  private static List<String> names(Set<String> roles, String... hosts) {
    return Stream.concat(
            Arrays.stream(hosts), roles.stream().sorted().map(role -> "uri:witan:role:" + role))
        .toList();
  }

  private Issued issue(String name, List<String> algorithm, String start, List<String> names) {
    List<String> extensions = new ArrayList<>(List.of("-signer", AUTHORITY));
    if (!names.isEmpty()) {
      extensions.addAll(List.of("-ext", "san=" + String.join(",", names)));
    }
    try {
      generate(name, algorithm, start, extensions);
      KeyStore all = loaded();
      PrivateKey key = (PrivateKey) all.getKey(name, PASSWORD.toCharArray());
      Certificate[] chain = all.getCertificateChain(name);
      StringBuilder text = new StringBuilder();
      for (Certificate one : chain) {
        text.append(pem("CERTIFICATE", one.getEncoded()));
      }
      KeyStore own = empty();
      own.setKeyEntry(name, key, PASSWORD.toCharArray(), chain);
      Path keystore = folder.resolve(name + ".p12");
      save(own, keystore);
      return new Issued(
          write(name + ".pem", text.toString()),
          write(name + ".key", pem("PRIVATE KEY", key.getEncoded())),
          keystore);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Clocks may be behind, and are in some tests: so it starts before today. */
  private void generate(String alias, List<String> algorithm, String start, List<String> more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias));
    command.addAll(algorithm);
    command.addAll(List.of("-startdate", start, "-validity", "" + VALIDITY_DAYS));
    command.addAll(List.of("-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(more);
    ChildProcess.start("keytool", ChildProcess.Options.of(folder.resolve("keytool.log"), command))
        .awaitEnd(LIMIT);
  }

  private KeyStore loaded() throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private void save(KeyStore keys, Path file) throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(ownersAlone(file))) {
      keys.store(out, PASSWORD.toCharArray());
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(ownersAlone(folder.resolve(name)), text);
  }

  private static Path ownersAlone(Path file) throws IOException {
    Files.deleteIfExists(file);
    return Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(
            label,
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der));
  }
}
