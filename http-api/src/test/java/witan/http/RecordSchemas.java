package witan.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import witan.answers.AnswerShape;
import witan.answers.Answers;
import witan.domain.api.Anchors;
import witan.domain.api.Health;
import witan.domain.api.Intake;
import witan.domain.api.Operations;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.LeftOut;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Tally;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.SignedStatement;
import witan.domain.registry.SignedVeto;
import witan.domain.registry.VetoBook;
import witan.domain.response.ResponseRule;
import witan.domain.response.ResponseRules;

/** The records that the API answers with, and what their schemas have to be. */
final class RecordSchemas {
  /** What no other schema is named after. */
  private static final Map<Class<?>, String> NAMES =
      Map.ofEntries(
          Map.entry(Eip712Domain.class, "Domain"),
          Map.entry(Tally.class, "TallySums"),
          Map.entry(PolicyTable.Row.class, "PolicyRow"),
          Map.entry(VetoBook.Use.class, "VetoUse"),
          Map.entry(Anchors.Status.class, "AnchorStatus"),
          Map.entry(Anchors.Anchored.class, "Anchor"),
          Map.entry(Anchors.Registry.class, "AnchorRegistry"),
          Map.entry(Operations.Overview.class, "Status"),
          Map.entry(Operations.Member.class, "ClusterMember"),
          Map.entry(Operations.Placement.class, "ShardPlacement"),
          Map.entry(Operations.Log.class, "LogSizes"),
          Map.entry(Operations.Counts.class, "NodeCounts"),
          Map.entry(Health.Report.class, "HealthReport"),
          Map.entry(Health.Part.class, "HealthReportPart"),
          Map.entry(Intake.Related.class, "RelatedCase"),
          Map.entry(ResponseRules.Evaluation.class, "RulesEvaluation"),
          Map.entry(ResponseRules.Outcome.class, "RuleOutcome"),
          Map.entry(ResponseRules.Proposed.class, "RuleProposal"),
          Map.entry(ResponseRule.Condition.class, "RuleCondition"));

  private static final String KIND = "kind";

  /** How a scalar is named where its schema is not plain. */
  private static final Map<Type, List<String>> SCALARS =
      Map.of(
          Digest.class, List.of("Digest", "CouncilDigest"),
          Address.class, List.of("Address"),
          BigInteger.class, List.of("Power"),
          Instant.class, List.of("Time"));

  /** Sets of records of the domain of which each kind has a schema; of others the set alone has. */
  private static final Set<Class<?>> SETS_OF_KINDS = Set.of(RegistryChange.class);

  private RecordSchemas() {}

  /** Every record and every set of them that an answer or a signed request holds, by name. */
  static Map<String, Class<?>> all() {
    Map<String, Class<?>> found = new TreeMap<>();
    answers().forEach(type -> add(type, found));
    // The status is said in the domain's own records; the signed requests are not in any answer.
    for (Class<?> root :
        List.of(Operations.Overview.class, SignedVeto.class, SignedStatement.class)) {
      add(root, found);
    }
    return found;
  }

  static String name(Class<?> type) {
    String simple = type.getSimpleName();
    return NAMES.getOrDefault(
        type,
        AnswerShape.isAnswer(type) && simple.endsWith("Answer")
            ? simple.substring(0, simple.length() - "Answer".length())
            : simple);
  }

  private static void add(Type type, Map<String, Class<?>> found) {
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(part -> add(part, found));
    } else if (type instanceof Class<?> c && isObject(c) && found.get(name(c)) != c) {
      Class<?> other = found.put(name(c), c);
      if (other != null) {
        throw new AssertionError("two schemas of one name: " + c + " and " + other);
      }
      if (c.isRecord()) {
        Arrays.stream(c.getRecordComponents()).forEach(part -> add(part.getGenericType(), found));
      } else if (hasSchemas(c)) {
        Arrays.stream(c.getPermittedSubclasses()).forEach(kind -> add(kind, found));
      }
    }
  }

  private static boolean isObject(Class<?> type) {
    return (type.isRecord() && !SCALARS.containsKey(type) && type != CaseId.class)
        || (type.isSealed() && type.isInterface());
  }

  private static boolean hasSchemas(Class<?> set) {
    return isAnswers(set) || SETS_OF_KINDS.contains(set);
  }

  /** Whether it is written with its kind. */
  private static boolean isKind(Class<?> type) {
    return Arrays.stream(type.getInterfaces()).anyMatch(SETS_OF_KINDS::contains);
  }

  private static boolean isAnswers(Class<?> type) {
    return type.getPackageName().startsWith("witan.answers.");
  }

  private static List<Class<?>> answers() {
    try {
      URI place = Answers.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      if (Files.isDirectory(Path.of(place))) {
        return classesBelow(Path.of(place));
      }
      try (FileSystem jar = FileSystems.newFileSystem(Path.of(place))) {
        return classesBelow(jar.getPath("/"));
      }
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Class<?>> classesBelow(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<Class<?>> records = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        String name =
            root.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
        Class<?> type = Class.forName(name, false, RecordSchemas.class.getClassLoader());
        if (AnswerShape.isAnswer(type)) {
          records.add(type);
        }
      }
      return records;
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** A property of a schema. */
  record Property(String name, Type type, boolean nullable, boolean required) {}

  /** In the order of the record; the members of an unwrapped one in its place. */
  static List<Property> properties(Class<?> record) {
    List<Property> properties = new ArrayList<>();
    if (AnswerShape.isAnswer(record)) {
      for (AnswerShape.Part part : AnswerShape.of(record).parts()) {
        if (part.inline()) {
          properties.addAll(properties(part.type()));
        } else {
          properties.add(
              new Property(
                  part.name(),
                  part.genericType(),
                  part.nullable() && !part.leftOut(),
                  !part.leftOut()));
        }
      }
      return properties;
    }
    for (RecordComponent part : record.getRecordComponents()) {
      boolean leftOut = part.isAnnotationPresent(LeftOut.class);
      properties.add(
          new Property(
              part.getName(),
              part.getGenericType(),
              part.getAnnotatedType().isAnnotationPresent(Nullable.class) && !leftOut,
              !leftOut));
    }
    properties.sort(Comparator.comparing(Property::name));
    return properties;
  }

  /** What the enum's constants are called on the wire. */
  static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getFields())
        .filter(Field::isEnumConstant)
        .map(
            field -> {
              JsonProperty wire = field.getAnnotation(JsonProperty.class);
              return wire == null ? field.getName() : wire.value();
            })
        .toList();
  }

  /** What differs between a type and a schema; empty where they are the same. */
  static List<String> differences(Class<?> type, JsonNode schema, JsonNode schemas) {
    List<String> found = new ArrayList<>();
    if (!type.isRecord()) {
      kinds(type, schema, found);
      return found;
    }
    List<Property> properties = new ArrayList<>(properties(type));
    if (isKind(type)) {
      properties.add(new Property(KIND, String.class, false, true));
      expect(KIND, type.getSimpleName(), schema.at("/properties/kind/const").asText(), found);
      expect("more", "false", schema.path("additionalProperties").asText(), found);
    }
    same("names", names(properties, false), fields(schema.path("properties")), found);
    same("required", names(properties, true), texts(schema.path("required")), found);
    for (Property property : properties) {
      JsonNode of = schema.path("properties").path(property.name());
      if (!of.isMissingNode() && !of.has("const")) {
        value(property, of, schemas, found);
      }
    }
    return found;
  }

  /** One of its records; or, of most sets of the domain, any record's members and its kind. */
  private static void kinds(Class<?> type, JsonNode schema, List<String> found) {
    List<Class<?>> kinds = List.of(type.getPermittedSubclasses());
    if (hasSchemas(type)) {
      List<String> references = new ArrayList<>();
      schema.path("oneOf").forEach(one -> references.add(reference(one)));
      same("oneOf", kinds.stream().map(RecordSchemas::name).toList(), references, found);
      if (!isAnswers(type)) {
        expect("discriminator", KIND, schema.at("/discriminator/propertyName").asText(), found);
      }
    } else {
      same(
          "kind",
          kinds.stream().map(Class::getSimpleName).toList(),
          texts(schema.at("/properties/kind/enum")),
          found);
    }
  }

  private static void value(
      Property property, JsonNode schema, JsonNode schemas, List<String> found) {
    if (property.type() == JsonNode.class) {
      return;
    }
    boolean nullable = false;
    JsonNode bare = schema;
    for (JsonNode one : schema.path("oneOf")) {
      if (one.path("type").asText().equals("null")) {
        nullable = true;
      } else {
        bare = one;
      }
    }
    for (JsonNode one : bare.path("type")) {
      nullable |= one.asText().equals("null");
    }
    for (JsonNode one : bare.path("enum")) {
      nullable |= one.isNull();
    }
    if (nullable != property.nullable()) {
      found.add(property.name() + " may " + (nullable ? "not " : "") + "be null");
    }
    bare(property.name(), property.type(), bare, schemas, found);
  }

  private static void bare(
      String name, Type type, JsonNode schema, JsonNode schemas, List<String> found) {
    String reference = reference(schema);
    if (type instanceof ParameterizedType generic) {
      boolean map = generic.getRawType() == Map.class;
      Type item = generic.getActualTypeArguments()[map ? 1 : 0];
      expect(name, map ? "object" : "array", type(schema), found);
      bare(name + "[]", item, schema.path(map ? "additionalProperties" : "items"), schemas, found);
    } else if (SCALARS.containsKey(type)) {
      if (!SCALARS.get(type).contains(reference)) {
        found.add(name + " is a " + ((Class<?>) type).getSimpleName() + ": " + schema);
      }
    } else if (type instanceof Class<?> c && c.isEnum()) {
      JsonNode named = reference.isEmpty() ? schema : schemas.path(reference);
      same(name, constants(c), texts(named.path("enum")), found);
    } else if (type instanceof Class<?> c && isObject(c)) {
      expect(name, name(c), reference, found);
    } else {
      JsonNode named = reference.isEmpty() ? schema : schemas.path(reference);
      expect(name, scalar(type), named.has("enum") ? "string" : type(named), found);
    }
  }

  private static String scalar(Type type) {
    if (type == String.class || type == CaseId.class || type == Duration.class) {
      return "string";
    }
    return type == boolean.class || type == Boolean.class ? "boolean" : "integer";
  }

  private static String reference(JsonNode schema) {
    return schema.path("$ref").asText().replaceFirst("^#/components/schemas/", "");
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray() ? type.path(0).asText() : type.asText();
  }

  private static void expect(String name, String wanted, String is, List<String> found) {
    if (!wanted.equals(is)) {
      found.add(name + " is " + wanted + ", its schema says " + is);
    }
  }

  private static void same(
      String what, Collection<String> wanted, Collection<String> is, List<String> found) {
    if (!wanted.stream().sorted().toList().equals(is.stream().sorted().toList())) {
      found.add(what + ": the record has " + wanted + ", its schema " + is);
    }
  }

  private static List<String> names(List<Property> properties, boolean required) {
    return properties.stream().filter(p -> !required || p.required()).map(Property::name).toList();
  }

  private static List<String> fields(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : array) {
      if (!item.isNull()) {
        texts.add(item.asText());
      }
    }
    return texts;
  }
}
