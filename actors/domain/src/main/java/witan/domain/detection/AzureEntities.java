package witan.domain.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The entities of an Azure alert; they refer to one another by {@code $ref} and {@code $id}. */
final class AzureEntities {
  private record Entity(String type, EventReader fields) {}

  private final List<Entity> entities;

  private AzureEntities(List<Entity> entities) {
    this.entities = entities;
  }

  /** An array, or an array in a string; a string that holds none is no reason to lose the alert. */
  static AzureEntities of(EventReader alert, EmbeddedJson json) throws AlertRefused {
    Object value = alert.value("entities");
    Object parsed = value instanceof String text ? parsed(text, json) : value;
    List<Entity> entities = new ArrayList<>();
    if (parsed != null) {
      for (EventReader fields : new EventReader(Map.of("entities", parsed)).objects("entities")) {
        EventReader both = fields.inBothSpellings();
        String type = both.value("type") instanceof String text ? text : "";
        entities.add(new Entity(plain(type), both));
      }
    }
    return new AzureEntities(entities);
  }

  private static @Nullable Object parsed(String text, EmbeddedJson json) {
    Optional<Object> document = text.isBlank() ? Optional.empty() : json.parse(text);
    return document.filter(d -> d instanceof List || d instanceof Map).orElse(null);
  }

  /** {@code K8s-pod}, {@code KubernetesPod} and {@code azure-resource} are spelt in many ways. */
  private static String plain(String type) {
    return EventReader.cut(type, 60).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** The pod, else what is called compromised, else the first entity that something runs on. */
  Resource resource(EventReader alert, IngestContext context) throws AlertRefused {
    String cluster = context.cluster();
    for (Entity pod : of("k8spod", "kubernetespod")) {
      String name = pod.fields().name("name");
      if (name != null) {
        return Resources.pod(cluster, namespace(pod.fields()), name);
      }
    }
    String compromised = alert.cloudName("compromisedEntity");
    if (compromised != null) {
      return Resources.of(kindOf(compromised), cluster, compromised);
    }
    String host = first("hostName", "host");
    if (host != null) {
      return Resources.of(ResourceKind.HOST, cluster, host);
    }
    String resource = alert.firstCloudName("resourceId", "azureResourceId");
    if (resource == null) {
      resource = first("resourceId", "azureresource");
    }
    if (resource != null) {
      return Resources.of(ResourceKind.CLOUD_RESOURCE, cluster, resource);
    }
    String account = account();
    if (account != null) {
      String checked = EventReader.checked("Name", account, EventReader.MAX_NAME);
      return Resources.of(ResourceKind.IDENTITY, cluster, String.valueOf(checked));
    }
    String address = first("address", "ip");
    return address == null
        ? Resources.unknown(context)
        : Resources.of(ResourceKind.HOST, cluster, address);
  }

  private static ResourceKind kindOf(String compromised) {
    if (compromised.startsWith("/")) {
      return ResourceKind.CLOUD_RESOURCE;
    }
    return compromised.indexOf('@') > 0 ? ResourceKind.IDENTITY : ResourceKind.HOST;
  }

  private @Nullable String namespace(EventReader pod) throws AlertRefused {
    Object namespace = pod.value("namespace");
    if (!(namespace instanceof Map<?, ?>)) {
      return pod.name("namespace");
    }
    EventReader object = pod.object("namespace");
    String reference = object.text("$ref");
    for (Entity entity : entities) {
      if (reference != null && reference.equals(entity.fields().text("$id"))) {
        return entity.fields().name("name");
      }
    }
    return object.name("name");
  }

  /** The first account, as a user principal name where there is enough for one. */
  @Nullable String account() throws AlertRefused {
    for (Entity account : of("account")) {
      String name = account.fields().text("name");
      if (name != null) {
        String suffix = account.fields().firstText("uPNSuffix", "upnSuffix");
        String domain = account.fields().firstText("nTDomain", "ntDomain");
        return suffix != null ? name + "@" + suffix : domain != null ? domain + "\\" + name : name;
      }
    }
    return null;
  }

  private @Nullable String first(String field, String type) throws AlertRefused {
    for (Entity entity : of(type)) {
      String name = entity.fields().cloudName(field);
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  private List<Entity> of(String... types) {
    return entities.stream().filter(e -> List.of(types).contains(e.type())).toList();
  }
}
