package witan.log.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.log.Corpus;
import witan.log.proof.Proofs;
import witan.log.proof.TlogProof;
import witan.log.tile.EntryBundle;
import witan.log.tile.TileId;
import witan.log.tile.TileProver;
import witan.log.tile.Tiles;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** A log written by Tessera: sizes 0 to 15, each with its signed checkpoint, tile and bundle. */
class TesseraLogTest {
  private static final int LAST = 15;
  private static final NoteKey KEY =
      NoteKey.parse(
          "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");

  private final Path log = Corpus.folder("merkle/tessera/testdata/log");
  private final TileProver prover = new TileProver(this::tile);

  @Test
  void itsKeyIsWrittenAsItWasRead() {
    assertEquals("example.com/log/testdata", KEY.name());
    assertEquals(0x33d7b496, KEY.keyId());
    assertEquals(NoteKey.Kind.NOTE, KEY.kind());
  }

  @Test
  void everyCheckpointOpensAndItsRootFollowsFromTheEntriesAndFromTheTiles() {
    for (int size = 0; size <= LAST; size++) {
      Checkpoint checkpoint = checkpoint(size);
      assertEquals("example.com/log/testdata", checkpoint.origin());
      assertEquals(size, checkpoint.size());
      assertEquals(checkpoint.root(), Frontier.EMPTY.appendAll(leaves(size)).root());
      assertEquals(checkpoint.root(), prover.root(size));
      if (size > 0) {
        assertEquals(leaves(size), tile(TileId.at(0, 0, size)));
        Tiles.grow(this::tile, size - 1, List.of(leaves(size).get(size - 1)))
            .forEach((id, hashes) -> assertEquals(tile(id), hashes, id.path()));
      }
    }
    assertEquals(
        checkpoint(LAST), SignedNote.open(Corpus.text(log.resolve("checkpoint")), List.of(KEY)));
  }

  @Test
  void everyEntryIsIncludedInEveryCheckpointAndEveryPairOfCheckpointsIsConsistent() {
    int inclusions = 0;
    int consistencies = 0;
    for (int size = 1; size <= LAST; size++) {
      Hash root = checkpoint(size).root();
      for (int index = 0; index < size; index++) {
        Hash leaf = leaves(size).get(index);
        TlogProof proof = proof(index, size);
        assertEquals(checkpoint(size), TlogProof.parse(proof.text()).verify(leaf, List.of(KEY)));
        inclusions++;
        Hash before = checkpoint(index + 1).root();
        assertTrue(
            Proofs.verifyConsistency(
                index + 1, size, before, root, prover.consistency(index + 1, size)));
        consistencies++;
      }
    }
    assertEquals(120, inclusions);
    assertEquals(120, consistencies);
    assertEquals(LAST, new HashSet<>(leaves(LAST)).size());
  }

  private TlogProof proof(int index, int size) {
    String note = Corpus.text(log.resolve("checkpoint." + size));
    return new TlogProof(Optional.empty(), index, prover.inclusion(index, size), note);
  }

  private Checkpoint checkpoint(int size) {
    return SignedNote.open(Corpus.text(log.resolve("checkpoint." + size)), List.of(KEY));
  }

  private List<Hash> tile(TileId id) {
    return Tiles.decode(Corpus.bytes(log.resolve(id.path())), id.width());
  }

  private List<Hash> leaves(int size) {
    List<Hash> leaves = new ArrayList<>();
    for (TileId id : TileId.forSize(0, size)) {
      byte[] bundle = Corpus.bytes(log.resolve(id.entriesPath()));
      EntryBundle.decode(bundle, id.width()).forEach(entry -> leaves.add(Hashing.leaf(entry)));
    }
    return leaves;
  }
}
