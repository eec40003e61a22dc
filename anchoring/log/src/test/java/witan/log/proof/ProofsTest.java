package witan.log.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.log.tile.MemoryTiles;
import witan.log.tile.TileProver;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

class ProofsTest {
  private static final int LARGEST = 130;
  private static final int[] SAMPLE = {1, 2, 3, 7, 8, 13, 64, 100};

  private final List<Hash> leaves = ReferenceTree.leaves(LARGEST);
  private final ReferenceTree oracle = new ReferenceTree(leaves);
  private final MemoryTiles tiles = new MemoryTiles();
  private final TileProver prover = new TileProver(tiles);

  @Test
  void everyRootUpTo130AgreesWithTheDefinitionHoweverTheTreeGrew() {
    Frontier oneByOne = Frontier.EMPTY;
    for (int size = 0; size <= LARGEST; size++) {
      Hash root = oracle.root(size);
      assertEquals(root, oneByOne.root());
      assertEquals(oneByOne, Frontier.EMPTY.appendAll(leaves.subList(0, size)));
      assertEquals(oneByOne, Frontier.of(size, oneByOne.hashes()));
      int cut = size / 3;
      Frontier inTwo = Frontier.EMPTY.appendAll(leaves.subList(0, cut));
      assertEquals(oneByOne, inTwo.appendAll(leaves.subList(cut, size)));
      assertEquals(oneByOne, prover.frontier(size));
      assertEquals(root, prover.root(size));
      if (size < LARGEST) {
        oneByOne = oneByOne.append(leaves.get(size));
        tiles.append(List.of(leaves.get(size)));
      }
    }
  }

  @Test
  void everyInclusionProofUpTo130IsTheDefinitionsAndVerifiesForItsIndexOnly() {
    tiles.append(leaves);
    int proofs = 0;
    for (int size = 1; size <= LARGEST; size++) {
      Hash root = oracle.root(size);
      for (int index = 0; index < size; index++) {
        List<Hash> proof = prover.inclusion(index, size);
        assertEquals(oracle.inclusion(index, size), proof);
        assertEquals(proof.size(), Proofs.inclusionLength(index, size));
        assertTrue(Proofs.verifyInclusion(index, size, leaves.get(index), proof, root));
        assertFalse(
            Proofs.verifyInclusion(index ^ 1, size, leaves.get(index), proof, root) && size > 1);
        assertFalse(
            Proofs.verifyInclusion(index, size, leaves.get((index + 1) % LARGEST), proof, root));
        proofs++;
      }
    }
    assertEquals(LARGEST * (LARGEST + 1) / 2, proofs);
  }

  @Test
  void everyConsistencyProofUpTo130IsTheDefinitionsAndVerifies() {
    tiles.append(leaves);
    for (int size2 = 1; size2 <= LARGEST; size2++) {
      for (int size1 = 1; size1 <= size2; size1++) {
        List<Hash> proof = prover.consistency(size1, size2);
        assertEquals(oracle.consistency(size1, size2), proof);
        assertEquals(proof.size(), Proofs.consistencyLength(size1, size2));
        Hash root1 = oracle.root(size1);
        Hash root2 = oracle.root(size2);
        assertTrue(Proofs.verifyConsistency(size1, size2, root1, root2, proof));
        assertFalse(Proofs.verifyConsistency(size1, size2, root2, root1, proof) && size1 < size2);
        assertFalse(Proofs.verifyConsistency(0, size2, Hashing.EMPTY, root2, proof));
        assertFalse(Proofs.verifyConsistency(size2 + 1, size2, root1, root2, proof));
      }
    }
  }

  @Test
  void everyFlippedBitOfAnInclusionProofIsRefused() {
    int flips = 0;
    for (int size : SAMPLE) {
      Hash root = oracle.root(size);
      for (int index : new int[] {0, size / 2, size - 1}) {
        List<Hash> proof = oracle.inclusion(index, size);
        for (int bit = 0; bit < 256; bit++) {
          assertFalse(
              Proofs.verifyInclusion(index, size, flip(leaves.get(index), bit), proof, root));
          assertFalse(
              Proofs.verifyInclusion(index, size, leaves.get(index), proof, flip(root, bit)));
          for (int i = 0; i < proof.size(); i++) {
            assertFalse(
                Proofs.verifyInclusion(index, size, leaves.get(index), flip(proof, i, bit), root));
            flips++;
          }
        }
      }
    }
    assertEquals(18_176, flips);
  }

  @Test
  void everyFlippedBitOfAConsistencyProofIsRefused() {
    int flips = 0;
    for (int size2 : SAMPLE) {
      for (int size1 : new int[] {1, (size2 + 1) / 2, Math.max(1, size2 - 1)}) {
        Hash root1 = oracle.root(size1);
        Hash root2 = oracle.root(size2);
        List<Hash> proof = oracle.consistency(size1, size2);
        for (int bit = 0; bit < 256; bit++) {
          assertFalse(Proofs.verifyConsistency(size1, size2, flip(root1, bit), root2, proof));
          assertFalse(Proofs.verifyConsistency(size1, size2, root1, flip(root2, bit), proof));
          for (int i = 0; i < proof.size(); i++) {
            assertFalse(Proofs.verifyConsistency(size1, size2, root1, root2, flip(proof, i, bit)));
            flips++;
          }
        }
      }
    }
    assertEquals(17_152, flips);
  }

  @Test
  void aProofOfAnyOtherLengthIsRefused() {
    for (int size = 1; size <= 40; size++) {
      for (int index = 0; index < size; index++) {
        Hash leaf = leaves.get(index);
        for (List<Hash> wrong : otherLengths(oracle.inclusion(index, size))) {
          assertFalse(Proofs.verifyInclusion(index, size, leaf, wrong, oracle.root(size)));
        }
        Hash root1 = oracle.root(index + 1);
        for (List<Hash> wrong : otherLengths(oracle.consistency(index + 1, size))) {
          assertFalse(Proofs.verifyConsistency(index + 1, size, root1, oracle.root(size), wrong));
        }
      }
    }
  }

  @Test
  void indicesAndSizesOutOfBoundsAreRefusedWithoutAnException() {
    Hash h = Hashing.EMPTY;
    List<Hash> long64 = Collections.nCopies(64, h);
    long[] edges = {Long.MIN_VALUE, -1, 0, 1, 2, 1L << 32, 1L << 62, Long.MAX_VALUE};
    for (long a : edges) {
      for (long b : edges) {
        for (int length = 0; length <= 64; length++) {
          List<Hash> proof = long64.subList(0, length);
          assertFalse(
              Proofs.verifyInclusion(a, b, h, proof, h) && !(a == 0 && b == 1 && length == 0));
          assertFalse(
              Proofs.verifyConsistency(a, b, h, h, proof) && !(a == b && a > 0 && length == 0));
        }
      }
    }
  }

  private static List<List<Hash>> otherLengths(List<Hash> proof) {
    List<List<Hash>> wrong = new ArrayList<>();
    List<Hash> longer = new ArrayList<>(proof);
    longer.add(Hashing.EMPTY);
    wrong.add(longer);
    List<Hash> before = new ArrayList<>(proof);
    before.add(0, Hashing.EMPTY);
    wrong.add(before);
    if (!proof.isEmpty()) {
      wrong.add(proof.subList(1, proof.size()));
      wrong.add(proof.subList(0, proof.size() - 1));
    }
    return wrong;
  }

  private static List<Hash> flip(List<Hash> proof, int i, int bit) {
    List<Hash> flipped = new ArrayList<>(proof);
    flipped.set(i, flip(proof.get(i), bit));
    return flipped;
  }

  private static Hash flip(Hash hash, int bit) {
    byte[] bytes = hash.bytes();
    bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    return Hash.of(bytes);
  }
}
