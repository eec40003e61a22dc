package witan.actors.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryLogTest {
  /** A pid of so many entries, each at the index of its number. */
  private record Numbered(long length) implements EntryLog {
    @Override
    public CompletionStage<List<StoredEntry>> ofPid(String pid, long fromSeq) {
      long end = Math.min(length, fromSeq + PAGE - 1);
      return CompletableFuture.completedFuture(
          LongStream.rangeClosed(fromSeq, end)
              .mapToObj(seq -> new StoredEntry(seq, new byte[0], new byte[0]))
              .toList());
    }

    @Override
    public CompletionStage<List<StoredEntry>> from(long index, int max) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Long> publishedSize() {
      throw new UnsupportedOperationException();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, EntryLog.PAGE, EntryLog.PAGE + 1, 2 * EntryLog.PAGE + 7})
  void aChainOfAnyLengthIsReadWholeAndInOrder(long length) {
    List<StoredEntry> all =
        new Numbered(length).allOfPid("case|c-1", 1).toCompletableFuture().join();

    assertEquals(
        LongStream.rangeClosed(1, length).boxed().toList(),
        all.stream().map(StoredEntry::index).toList());
  }

  @Test
  void aReaderThatKnowsTheBeginningReadsTheRest() {
    List<StoredEntry> rest =
        new Numbered(EntryLog.PAGE + 10L).allOfPid("case|c-1", 8).toCompletableFuture().join();

    assertEquals(EntryLog.PAGE + 3, rest.size());
    assertEquals(8, rest.get(0).index());
  }
}
