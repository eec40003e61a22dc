package witan.http.route;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.answers.log.ConsistencyAnswer;
import witan.answers.log.InclusionAnswer;
import witan.codec.entry.Entry;
import witan.domain.common.LogIndex;
import witan.http.Services;
import witan.http.error.Code;
import witan.http.error.Problem;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.SignedNote;
import witan.log.tile.TileId;

/**
 * The log. Checkpoint and tiles are C2SP static paths, at the root and below {@code /v1/log}, open
 * to anybody: entries hold pseudonyms and hashes only, and a log that only members could read would
 * prove nothing to others.
 */
public final class LogRoutes {
  private static final String WHY_OPEN =
      "the transparency log's static files; witnesses and auditors read them without an account";

  private final Services services;

  public LogRoutes(Services services) {
    this.services = services;
  }

  public List<Endpoint> endpoints() {
    Access open = new Access.Anybody(WHY_OPEN);
    Access any = Access.anyRole();
    return List.of(
        Endpoint.get("/checkpoint", open, Set.of(), this::checkpoint),
        Endpoint.get("/tile/{tile*}", open, Set.of(), this::tile),
        Endpoint.get("/v1/log/checkpoint", open, Set.of(), this::checkpoint),
        Endpoint.get("/v1/log/tile/{tile*}", open, Set.of(), this::tile),
        Endpoint.get("/v1/log/entries/{index}", any, Set.of(), this::entry),
        Endpoint.get("/v1/log/proof/inclusion", any, Set.of("index", "size"), this::inclusion),
        Endpoint.get("/v1/log/proof/consistency", any, Set.of("from", "to"), this::consistency));
  }

  private CompletionStage<HttpResponse> checkpoint(Call call) {
    return services
        .log()
        .checkpoint()
        .thenApply(
            note ->
                Replies.bytes(
                        200, ContentTypes.TEXT_PLAIN_UTF8, note.getBytes(StandardCharsets.UTF_8))
                    .addHeader(RawHeader.create("Cache-Control", "no-cache")));
  }

  private CompletionStage<HttpResponse> tile(Call call) {
    String path = "tile/" + call.segment("tile");
    boolean entries = path.startsWith("tile/entries/");
    TileId id;
    try {
      id = entries ? TileId.parseEntries(path) : TileId.parse(path);
    } catch (IllegalArgumentException e) {
      throw noTile();
    }
    CompletionStage<Optional<byte[]>> bytes =
        entries
            ? services.log().entries(id.index(), id.width())
            : services.log().tile(id.level(), id.index(), id.width());
    return bytes.thenApply(
        found ->
            Replies.immutable(
                ContentTypes.APPLICATION_OCTET_STREAM, found.orElseThrow(LogRoutes::noTile)));
  }

  private CompletionStage<HttpResponse> entry(Call call) {
    String index = call.segment("index");
    if (!index.matches("0|[1-9][0-9]{0,15}")) {
      throw noEntry();
    }
    return services
        .log()
        .entry(Long.parseLong(index))
        .thenApply(
            found ->
                Replies.immutable(
                    ContentTypes.APPLICATION_JSON, found.orElseThrow(LogRoutes::noEntry)));
  }

  /** Against the published checkpoint, which then comes along, unless a size is named. */
  private CompletionStage<HttpResponse> inclusion(Call call) {
    long index = call.query().requiredNumber("index");
    Optional<Long> size = call.query().number("size", 1, Params.MAX_NUMBER);
    if (size.isPresent()) {
      return inclusion(index, size.get(), Optional.empty());
    }
    return services
        .log()
        .checkpoint()
        .thenCompose(note -> inclusion(index, sizeOf(note), Optional.of(note)));
  }

  private CompletionStage<HttpResponse> inclusion(long index, long size, Optional<String> note) {
    // Of a later generation the log itself says whether it is there.
    if (index >= size && LogIndex.generation(index) == 0) {
      return CompletableFuture.failedFuture(
          badRange("The index is not below the size " + size + "."));
    }
    return services
        .log()
        .inclusion(index, size)
        .thenCombine(
            services.log().entry(index),
            (path, entry) ->
                Replies.json(
                    200,
                    new InclusionAnswer(
                        index,
                        size,
                        Entry.leafHash(entry.orElseThrow(LogRoutes::past)),
                        path.orElseThrow(LogRoutes::past),
                        note.orElse(null))));
  }

  private CompletionStage<HttpResponse> consistency(Call call) {
    long from = call.query().requiredNumber("from");
    long to = call.query().requiredNumber("to");
    if (from < 1 || from > to) {
      throw badRange("The sizes are not 1 <= from <= to.");
    }
    return services
        .log()
        .consistency(from, to)
        .thenApply(
            found ->
                Replies.json(
                    200, new ConsistencyAnswer(from, to, found.orElseThrow(LogRoutes::past))));
  }

  private static long sizeOf(String note) {
    return Checkpoint.parse(SignedNote.parse(note).text()).size();
  }

  private static Problem badRange(String detail) {
    return Problem.of(
        Code.RANGE_INVALID, detail, "GET /v1/log/checkpoint tells the published size.");
  }

  private static Problem noEntry() {
    return Problem.of(
        Code.ENTRY_NOT_FOUND,
        "There is no entry of that index under the published checkpoint.",
        "GET /v1/log/checkpoint tells the published size.");
  }

  private static Problem noTile() {
    return Problem.of(
        Code.TILE_NOT_FOUND,
        "There is no such tile, or it is not wholly published.",
        "Name tiles as C2SP tlog-tiles does, for the size of the published checkpoint.");
  }

  private static Problem past() {
    return Problem.of(
        Code.PROOF_NOT_AVAILABLE,
        "The size is past the published checkpoint.",
        "GET /v1/log/checkpoint tells the published size.");
  }
}
