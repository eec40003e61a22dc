package witan.actors.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One file that is there whole, old or new, wherever its writer dies. Blocks; one writer. */
public final class DurableFile {
  private final Path file;
  private final Disk disk;

  /** What is done to the disk, one thing at a time: a test dies between any two. */
  public interface Disk {
    /** Writes it all, and returns when it is on the disk. */
    void write(Path path, byte[] bytes) throws IOException;

    /** The one takes the other's place, or nothing happens. */
    void move(Path from, Path to) throws IOException;

    /** Returns when the names in that folder are on the disk. */
    void sync(Path folder) throws IOException;
  }

  public DurableFile(Path file) {
    this(file, new RealDisk());
  }

  public DurableFile(Path file, Disk disk) {
    this.file = file.toAbsolutePath();
    this.disk = disk;
  }

  public Path path() {
    return file;
  }

  /** Empty where there is no such file. */
  public Optional<byte[]> read() throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  public void write(byte[] bytes) throws IOException {
    Path folder = file.resolveSibling(".").normalize();
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.createDirectories(folder);
    disk.write(temporary, bytes);
    disk.move(temporary, file);
    disk.sync(folder);
  }

  private static final class RealDisk implements Disk {
    @Override
    public void write(Path path, byte[] bytes) throws IOException {
      try (FileChannel channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void sync(Path folder) throws IOException {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
