package witan.cluster.node;

import java.time.InstantSource;
import witan.actors.node.RuntimeNode;
import witan.actors.notify.VoterNotices;
import witan.actors.notify.WebhookSender;
import witan.actors.notify.WebhookSettings;

/** Has voters with a webhook told of the votes of the cases that live on this node. */
final class Notifying {
  private Notifying() {}

  static VoterNotices driver(RuntimeNode runtime, WebhookSettings settings, InstantSource clock) {
    return new VoterNotices(
        settings, new WebhookSender(settings, clock), runtime.content(), runtime.entities());
  }
}
