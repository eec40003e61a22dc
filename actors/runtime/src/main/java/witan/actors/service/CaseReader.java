package witan.actors.service;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import witan.actors.bundle.BundleExporter;
import witan.actors.view.CaseLog;
import witan.domain.api.Answer;
import witan.domain.api.Cases;
import witan.domain.api.LoggedCase;
import witan.domain.common.CaseId;

/** Reads single cases from the log. */
public final class CaseReader implements Cases {
  private final CaseLog log;
  private final BundleExporter bundles;

  public CaseReader(CaseLog log, BundleExporter bundles) {
    this.log = log;
    this.bundles = bundles;
  }

  @Override
  public CompletionStage<Optional<LoggedCase>> read(CaseId caseId) {
    return log.read(caseId);
  }

  @Override
  public CompletionStage<Answer<byte[]>> bundle(CaseId caseId) {
    return bundles.export(caseId);
  }
}
