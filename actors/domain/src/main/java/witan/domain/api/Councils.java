package witan.domain.api;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import witan.domain.common.Digest;
import witan.domain.governance.Electorate;
import witan.domain.registry.FoundingPlace;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryState;

/** The council itself. */
public interface Councils {
  /** Completes when what was decided is in the log. */
  CompletionStage<Answer<Receipt>> submit(RegistryCommand command);

  /** What a charter has to name to found the council here, as far as this node knows now. */
  FoundingPlace place();

  /** The registry as logged, empty before the founding. Cached on the node; cheap. */
  CompletionStage<Optional<RegistryState>> current();

  /** A snapshot that some vote was opened with; empty where there is none of that digest. */
  CompletionStage<Optional<Electorate>> electorate(Digest digest);
}
