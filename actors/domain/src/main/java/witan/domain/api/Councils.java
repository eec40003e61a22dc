package witan.domain.api;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import witan.domain.registry.RegistryCommand.FoundCouncil;
import witan.domain.registry.RegistryState;

/** The council itself. */
public interface Councils {
  CompletionStage<Answer<Receipt>> found(FoundCouncil command);

  /** The registry as logged, empty before the founding. Cached on the node; cheap. */
  CompletionStage<Optional<RegistryState>> current();
}
