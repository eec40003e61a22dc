package witan.actors.service;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import witan.actors.bundle.BundleExporter;
import witan.actors.spi.ContentStore;
import witan.actors.view.CaseLog;
import witan.codec.content.BlastRadiusJson;
import witan.domain.api.Answer;
import witan.domain.api.Cases;
import witan.domain.api.LoggedCase;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.BlastRadius;
import witan.domain.waiting.Waiting;

/** Reads single cases from the log. */
public final class CaseReader implements Cases {
  private final CaseLog log;
  private final BundleExporter bundles;
  private final ContentStore content;
  private final CaseWaits waits;

  public CaseReader(CaseLog log, BundleExporter bundles, ContentStore content, CaseWaits waits) {
    this.log = log;
    this.bundles = bundles;
    this.content = content;
    this.waits = waits;
  }

  @Override
  public CompletionStage<Optional<BlastRadius>> blastRadius(Digest digest) {
    return content
        .get(digest)
        .thenApply(found -> found.map(json -> BlastRadiusJson.read(digest, json)));
  }

  @Override
  public CompletionStage<Optional<LoggedCase>> read(CaseId caseId) {
    return log.read(caseId);
  }

  @Override
  public CompletionStage<List<Waiting>> waits(LoggedCase logged) {
    return waits.of(logged);
  }

  @Override
  public CompletionStage<Answer<byte[]>> bundle(CaseId caseId) {
    return bundles.export(caseId);
  }
}
