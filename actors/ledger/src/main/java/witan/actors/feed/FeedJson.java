package witan.actors.feed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.common.Digest;
import witan.domain.common.LeftOut;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;

/** The bytes of a node's file: canonical JSON, with a digest that tells damage, not malice. */
final class FeedJson {
  private static final int FORMAT = 1;
  private static final int MAX_BYTES = 64 << 20;

  private FeedJson() {}

  private record Kept(
      String pid, long seq, String hash, String places, @Nullable FeedProblem breach) {}

  /**
   * @param origin of the log's generation
   * @param closed size and root of those before; null where there is none
   * @param entryVersion the greatest of an entry
   * @param ended base 64 of their tags
   */
  private record Content(
      int format,
      String origin,
      long size,
      String root,
      List<String> frontier,
      int entryVersion,
      List<Kept> heads,
      String ended,
      @LeftOut @Nullable List<Closed> closed) {}

  private record Closed(long size, String root) {}

  private record Whole(Content content, Digest digest) {}

  static byte[] write(FeedState state, String origin) {
    List<Kept> heads = new ArrayList<>();
    state
        .heads()
        .forEach(
            (pid, h) ->
                heads.add(
                    new Kept(pid, h.seq(), h.hash().base64(), h.places().base64(), h.breach())));
    ByteBuffer tags = ByteBuffer.allocate(state.ended().size() * Long.BYTES);
    state.ended().forEach(tags::putLong);
    Frontier frontier = state.frontier();
    Content content =
        new Content(
            FORMAT,
            origin,
            frontier.size(),
            frontier.root().base64(),
            frontier.hashes().stream().map(Hash::base64).toList(),
            state.version(),
            heads,
            Base64.getEncoder().encodeToString(tags.array()),
            state.closed().isEmpty()
                ? null
                : state.closed().stream()
                    .map(tree -> new Closed(tree.size(), tree.root().base64()))
                    .toList());
    return Json.canonical(new Whole(content, digest(content)));
  }

  private static Digest digest(Content content) {
    return Digest.of(Hashes.sha256(Json.canonical(content)));
  }

  /**
   * What {@link #write} wrote, for the same log, be it in an earlier generation.
   *
   * @param origins of all generations up to the present one
   * @throws FeedException (damaged) for anything else
   */
  static FeedState read(byte[] bytes, List<String> origins, FeedScope scope) {
    try {
      Whole whole = Json.read(Whole.class, Json.parse(bytes, Limits.ofBytes(MAX_BYTES)));
      Content content = whole.content();
      if (!Arrays.equals(Json.canonical(whole), bytes) || !digest(content).equals(whole.digest())) {
        throw damaged("its digest is not that of its content");
      }
      List<FeedState.Tree> closed = closed(content);
      if (content.format() != FORMAT || origins.indexOf(content.origin()) != closed.size()) {
        throw damaged("format " + content.format() + " of the log " + content.origin());
      }
      Frontier frontier =
          Frontier.of(content.size(), content.frontier().stream().map(Hash::ofBase64).toList());
      if (!frontier.root().base64().equals(content.root())) {
        throw damaged("its root is not its frontier's");
      }
      return new FeedState(
          scope, closed, frontier, content.entryVersion(), heads(content), tags(content.ended()));
    } catch (FeedException e) {
      throw e;
    } catch (RuntimeException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  private static FeedException damaged(String detail) {
    return new FeedException(FeedProblem.FEED_FILE_DAMAGED, detail);
  }

  private static List<FeedState.Tree> closed(Content content) {
    return content.closed() == null
        ? List.of()
        : content.closed().stream()
            .map(tree -> new FeedState.Tree(tree.size(), Hash.ofBase64(tree.root())))
            .toList();
  }

  private static Map<String, Head> heads(Content content) {
    Map<String, Head> heads = new LinkedHashMap<>();
    for (Kept k : content.heads()) {
      heads.put(
          k.pid(),
          new Head(k.seq(), Hash.ofBase64(k.hash()), Hash.ofBase64(k.places()), k.breach()));
    }
    return heads;
  }

  private static Set<Long> tags(String base64) {
    Set<Long> tags = new LinkedHashSet<>();
    ByteBuffer all = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    while (all.hasRemaining()) {
      tags.add(all.getLong());
    }
    return tags;
  }
}
