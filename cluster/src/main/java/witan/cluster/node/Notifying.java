package witan.cluster.node;

import witan.actors.notify.VoterNotices;
import witan.actors.notify.WebhookSender;
import witan.actors.notify.WebhookSettings;

/** Has voters with a webhook told of the votes of the cases that live on this node. */
final class Notifying {
  private Notifying() {}

  static VoterNotices driver(NodeContext context) {
    WebhookSettings settings = context.settings().webhooks();
    return new VoterNotices(
        settings,
        new WebhookSender(settings, context.clock()),
        context.runtime().content(),
        context.runtime().entities());
  }
}
