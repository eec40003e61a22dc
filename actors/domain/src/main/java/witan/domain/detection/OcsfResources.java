package witan.domain.detection;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an OCSF event is about. */
final class OcsfResources {
  private OcsfResources() {}

  /** Affected resources first, then where it happened, then who, then the connection. */
  static Resource of(EventReader event, IngestContext context) throws AlertRefused {
    String cluster = context.cluster();
    List<EventReader> affected = new ArrayList<>(event.objects("resources"));
    affected.addAll(event.objects("resource"));
    for (EventReader resource : affected) {
      String name = resource.firstCloudName("uid", "name");
      if (name != null) {
        return affected(cluster, resource, name);
      }
    }
    List<EventReader> places = new ArrayList<>(List.of(event));
    places.addAll(event.objects("evidences"));
    for (EventReader place : places) {
      Resource found = at(cluster, place);
      if (found != null) {
        return found;
      }
    }
    String user = event.firstName("user.name", "user.uid", "actor.user.name", "actor.user.uid");
    if (user != null) {
      return Resources.of(ResourceKind.IDENTITY, cluster, user);
    }
    for (EventReader place : places) {
      Resource flow = Resources.flow(cluster, end(place, "src"), end(place, "dst"));
      if (flow != null) {
        return flow;
      }
    }
    return Resources.unknown(context);
  }

  private static Resource affected(String cluster, EventReader resource, String name)
      throws AlertRefused {
    String type = resource.text("type");
    String namespace = resource.name("namespace");
    if (type != null && type.equalsIgnoreCase("pod")) {
      String pod = resource.name("name");
      return Resources.pod(cluster, namespace, pod == null ? name : pod);
    }
    if (namespace != null) {
      return Resources.kubernetes(cluster, namespace, type == null ? "object" : type, name);
    }
    return Resources.of(ResourceKind.CLOUD_RESOURCE, cluster, name);
  }

  private static @Nullable Resource at(String cluster, EventReader place) throws AlertRefused {
    String container = place.firstName("container.uid", "container.name");
    if (container != null) {
      return Resources.of(ResourceKind.CONTAINER, cluster, container);
    }
    String device = place.firstName("device.hostname", "device.name", "device.uid", "device.ip");
    return device == null ? null : Resources.of(ResourceKind.HOST, cluster, device);
  }

  private static @Nullable String end(EventReader place, String side) throws AlertRefused {
    EventReader endpoint = place.object(side + "_endpoint");
    return Resources.end(
        endpoint.firstName("ip", "hostname", "name"), endpoint.nameOrNumber("port"));
  }
}
