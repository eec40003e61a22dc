package witan.domain.common;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map whose {@link #plus} and {@link #minus} share all but a path of about log32(n)
 * nodes with the map it was made from (a hash trie, Bagwell 2001), so that folding n events costs n
 * small steps and every state stays valid. Neither keys nor values are null; iteration is in the
 * order of the hashes.
 */
public final class PersistentMap<K, V> extends AbstractMap<K, V> {
  private static final int BITS = 5;

  private sealed interface Node<K, V> {}

  private record Leaf<K, V>(int hash, K key, V value) implements Node<K, V> {}

  /** Different keys of one hash. */
  private record Bucket<K, V>(int hash, List<Leaf<K, V>> leaves) implements Node<K, V> {}

  /** Bit i of the bitmap: there is a child for the five bits of value i; children in that order. */
  private record Branch<K, V>(int bitmap, List<Node<K, V>> children) implements Node<K, V> {}

  private final @Nullable Node<K, V> root;
  private final int size;

  private PersistentMap(@Nullable Node<K, V> root, int size) {
    this.root = root;
    this.size = size;
  }

  public static <K, V> PersistentMap<K, V> empty() {
    return new PersistentMap<>(null, 0);
  }

  /** The map itself where it is one of these, else a copy. */
  public static <K, V> PersistentMap<K, V> of(Map<K, V> map) {
    if (map instanceof PersistentMap<K, V> persistent) {
      return persistent;
    }
    PersistentMap<K, V> result = empty();
    for (Map.Entry<K, V> entry : map.entrySet()) {
      result = result.plus(entry.getKey(), entry.getValue());
    }
    return result;
  }

  public PersistentMap<K, V> plus(K key, V value) {
    Leaf<K, V> leaf = new Leaf<>(hash(key), key, value);
    Node<K, V> top = root;
    return new PersistentMap<>(
        top == null ? leaf : plus(top, 0, leaf), containsKey(key) ? size : size + 1);
  }

  /** The map itself where there is no such key. */
  public PersistentMap<K, V> minus(K key) {
    Node<K, V> top = root;
    return top == null || !containsKey(key)
        ? this
        : new PersistentMap<>(minus(top, 0, hash(key), key), size - 1);
  }

  /** A map of the entries that are kept; takes time in proportion to the size. */
  public PersistentMap<K, V> keeping(BiPredicate<K, V> kept) {
    PersistentMap<K, V> result = empty();
    for (Map.Entry<K, V> entry : entrySet()) {
      if (kept.test(entry.getKey(), entry.getValue())) {
        result = result.plus(entry.getKey(), entry.getValue());
      }
    }
    return result;
  }

  @Override
  public @Nullable V get(@Nullable Object key) {
    Leaf<K, V> leaf = key == null ? null : find(key);
    return leaf == null ? null : leaf.value();
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key != null && find(key) != null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<K, V>> iterator() {
        return new Entries<>(root);
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  private @Nullable Leaf<K, V> find(Object key) {
    int hash = hash(key);
    Node<K, V> node = root;
    for (int shift = 0; node instanceof Branch<K, V> branch; shift += BITS) {
      int bit = bit(hash, shift);
      node =
          (branch.bitmap() & bit) == 0 ? null : branch.children().get(index(branch.bitmap(), bit));
    }
    if (node instanceof Leaf<K, V> leaf) {
      return leaf.key().equals(key) ? leaf : null;
    }
    if (node instanceof Bucket<K, V> bucket) {
      return bucket.leaves().stream().filter(l -> l.key().equals(key)).findFirst().orElse(null);
    }
    return null;
  }

  private static <K, V> Node<K, V> plus(Node<K, V> node, int shift, Leaf<K, V> added) {
    if (node instanceof Branch<K, V> branch) {
      int bit = bit(added.hash(), shift);
      int index = index(branch.bitmap(), bit);
      List<Node<K, V>> children = new ArrayList<>(branch.children());
      if ((branch.bitmap() & bit) == 0) {
        children.add(index, added);
      } else {
        children.set(index, plus(children.get(index), shift + BITS, added));
      }
      return new Branch<>(branch.bitmap() | bit, children);
    }
    if (node instanceof Leaf<K, V> leaf) {
      if (leaf.hash() != added.hash()) {
        return branch(leaf, leaf.hash(), added, shift);
      }
      return leaf.key().equals(added.key())
          ? added
          : new Bucket<>(leaf.hash(), List.of(leaf, added));
    }
    Bucket<K, V> bucket = (Bucket<K, V>) node;
    if (bucket.hash() != added.hash()) {
      return branch(bucket, bucket.hash(), added, shift);
    }
    List<Leaf<K, V>> leaves = new ArrayList<>(bucket.leaves());
    leaves.removeIf(leaf -> leaf.key().equals(added.key()));
    leaves.add(added);
    return new Bucket<>(bucket.hash(), leaves);
  }

  /** Of a node that holds the key; null where nothing is left of it. */
  private static <K, V> @Nullable Node<K, V> minus(
      Node<K, V> node, int shift, int hash, Object key) {
    if (node instanceof Branch<K, V> branch) {
      int bit = bit(hash, shift);
      int index = index(branch.bitmap(), bit);
      List<Node<K, V>> children = new ArrayList<>(branch.children());
      Node<K, V> left = minus(children.get(index), shift + BITS, hash, key);
      if (left != null) {
        children.set(index, left);
        return new Branch<>(branch.bitmap(), children);
      }
      children.remove(index);
      return children.isEmpty() ? null : new Branch<>(branch.bitmap() & ~bit, children);
    }
    if (node instanceof Bucket<K, V> bucket) {
      List<Leaf<K, V>> leaves = new ArrayList<>(bucket.leaves());
      leaves.removeIf(leaf -> leaf.key().equals(key));
      return leaves.size() == 1 ? leaves.get(0) : new Bucket<>(bucket.hash(), leaves);
    }
    return null;
  }

  /** Ends, because the two hashes differ in some five bits. */
  private static <K, V> Node<K, V> branch(Node<K, V> node, int hash, Leaf<K, V> added, int shift) {
    int one = bit(hash, shift);
    int other = bit(added.hash(), shift);
    if (one == other) {
      return new Branch<>(one, List.of(branch(node, hash, added, shift + BITS)));
    }
    boolean ordered = Integer.compareUnsigned(one, other) < 0;
    return new Branch<>(one | other, ordered ? List.of(node, added) : List.of(added, node));
  }

  private static int hash(Object key) {
    int hash = key.hashCode();
    return hash ^ (hash >>> 16);
  }

  private static int bit(int hash, int shift) {
    return 1 << ((hash >>> shift) & 31);
  }

  private static int index(int bitmap, int bit) {
    return Integer.bitCount(bitmap & (bit - 1));
  }

  private static final class Entries<K, V> implements Iterator<Map.Entry<K, V>> {
    private final ArrayDeque<Node<K, V>> open = new ArrayDeque<>();

    Entries(@Nullable Node<K, V> root) {
      if (root != null) {
        open.push(root);
      }
    }

    @Override
    public boolean hasNext() {
      return !open.isEmpty();
    }

    @Override
    public Map.Entry<K, V> next() {
      while (!open.isEmpty()) {
        Node<K, V> node = open.pop();
        if (node instanceof Leaf<K, V> leaf) {
          return Map.entry(leaf.key(), leaf.value());
        }
        if (node instanceof Bucket<K, V> bucket) {
          bucket.leaves().forEach(open::push);
        } else if (node instanceof Branch<K, V> branch) {
          branch.children().forEach(open::push);
        }
      }
      throw new NoSuchElementException();
    }
  }
}
