package witan.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Every secret that is read from a file is read here, and so by one rule: links are followed only
 * within the file's own directory (Kubernetes mounts are links there); what they end at is a
 * regular file that root or this process' user owns, that nobody else may write and only the owner,
 * or a group that this process is in, may read. Stateless; for Linux.
 */
public final class SecretFile {
  /** No key, password or kubeconfig is longer. */
  public static final int MOST_BYTES = 1 << 20;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int READABLE_BY_ALL = 0004;
  private static final int READABLE_BY_GROUP = 0040;

  private SecretFile() {}

  /**
   * What is in it.
   *
   * @param mostBytes a longer file is refused; {@link #MOST_BYTES} at most
   * @throws SecretRefused when there is no such file, or it breaks the rule
   * @throws IOException when it cannot be read all the same
   */
  public static byte[] read(Path file, int mostBytes) throws IOException {
    return read(file, mostBytes, ProcessOwner.current());
  }

  static byte[] read(Path file, int mostBytes, ProcessOwner process) throws IOException {
    try {
      Path real = followed(file);
      Object before = checked(file, real, mostBytes, process);
      byte[] bytes;
      try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
        bytes = in.readNBytes(mostBytes + 1);
      }
      // Who swaps the file meanwhile may have swapped it for his own.
      if (!before.equals(checked(file, real, mostBytes, process)) || bytes.length > mostBytes) {
        throw new SecretRefused(file + " is refused: it changed while it was read; try again");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new SecretRefused("there is no file " + file);
    }
  }

  /** The same as text (UTF-8), without the white space around it. */
  public static String text(Path file, int mostBytes) throws IOException {
    return new String(read(file, mostBytes), StandardCharsets.UTF_8).strip();
  }

  /**
   * Makes the file (mode 0600) and missing folders above it, unless it is there: whole and on the
   * disk, or not at all. Of several that make it at once, all find the first one's.
   */
  public static void createIfMissing(Path file, Supplier<byte[]> secret) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path folder = folderOf(file);
    Files.createDirectories(folder);
    Path temporary =
        Files.createTempFile(
            folder, ".secret", null, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      write(temporary, secret.get());
      // A link, unlike a rename, never replaces a secret that another process made meanwhile.
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException lostTheRace) {
      return;
    } finally {
      Files.delete(temporary);
    }
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new SecretRefused(file + " is refused: it is no file");
    }
    return folder;
  }

  private static Path followed(Path file) throws IOException {
    Path folder = folderOf(file).toRealPath();
    Path real = file.toRealPath();
    if (!real.startsWith(folder)) {
      throw new SecretRefused(
          file + " is refused: it is a link out of its directory, to " + real + "; name that file");
    }
    return real;
  }

  /** What makes this file that one: another at its place has another. */
  private static Object checked(Path file, Path real, int mostBytes, ProcessOwner process)
      throws IOException {
    Map<String, Object> found =
        Files.readAttributes(
            real, "unix:mode,uid,gid,size,ino,dev,ctime", LinkOption.NOFOLLOW_LINKS);
    int mode = (int) number(found, "mode");
    int owner = (int) number(found, "uid");
    int group = (int) number(found, "gid");
    if ((mode & TYPE) != REGULAR) {
      throw new SecretRefused(file + " is refused: it is no regular file");
    }
    if (owner != 0 && owner != process.user()) {
      throw new SecretRefused(
          "%s is refused: it belongs to user %d, and this process is user %d; do 'chown %d %s'"
              .formatted(file, owner, process.user(), process.user(), file));
    }
    if ((mode & (WRITABLE_BY_OTHERS | READABLE_BY_ALL)) != 0) {
      throw open(file, "others than its owner may read or write it");
    }
    if ((mode & READABLE_BY_GROUP) != 0 && !process.groups().contains(group)) {
      throw open(file, "group " + group + " may read it, which this process is not in");
    }
    if (number(found, "size") > Math.min(mostBytes, MOST_BYTES)) {
      throw new SecretRefused(file + " is refused: it has more than " + mostBytes + " bytes");
    }
    return Arrays.asList(found.get("dev"), found.get("ino"), found.get("ctime"));
  }

  private static long number(Map<String, Object> found, String name) {
    return ((Number) Objects.requireNonNull(found.get(name))).longValue();
  }

  private static SecretRefused open(Path file, String why) {
    return new SecretRefused("%s is refused: %s; do 'chmod 600 %s'".formatted(file, why, file));
  }
}
