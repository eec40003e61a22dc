package witan.cluster.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.cluster.typed.SingletonActor;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.typesafe.config.ConfigFactory;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import witan.actors.node.NodeRoles;

/**
 * A sharded entity or a singleton whose paths are not trusted does not work between nodes, and no
 * test of one node would tell.
 */
class TrustedPathsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("witan.actors", "witan.cluster");

  /** Of these the names stand in the code that starts them. */
  private static final Set<String> SINGLETONS = Set.of("anchoring", "settlement");

  @Test
  void trustedIsWhatClusterShardingAndSingletonsSelectAndNothingElse() throws Exception {
    Set<String> expected = new TreeSet<>();
    expected.add("/system/cluster/core/daemon");
    expected.add("/system/cluster/heartbeatReceiver");
    for (String role : List.of(NodeRoles.CASE, NodeRoles.EXECUTOR, NodeRoles.LOG)) {
      expected.add("/system/sharding/" + role + "Replicator");
    }
    for (String type : sharded()) {
      expected.add("/system/sharding/" + type + "Coordinator");
      expected.add("/system/sharding/" + type + "Coordinator/singleton/coordinator");
    }
    for (String singleton : SINGLETONS) {
      expected.add("/system/singletonManager" + singleton);
      expected.add("/system/singletonManager" + singleton + "/" + singleton);
    }

    List<String> trusted =
        ConfigFactory.parseResources("witan-node.conf")
            .getStringList("akka.remote.artery.trusted-selection-paths");

    assertEquals(expected, new TreeSet<>(trusted));
    assertEquals(expected.size(), trusted.size());
  }

  @Test
  void everySingletonIsNamedHere() {
    Set<String> starters =
        CLASSES.stream()
            .filter(
                one ->
                    one.getMethodCallsFromSelf().stream()
                        .anyMatch(
                            call ->
                                call.getTargetOwner().isEquivalentTo(SingletonActor.class)
                                    && call.getName().equals("of")))
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toSet());

    assertEquals(Set.of("ClusterNode", "Settling"), starters);
  }

  private static Set<String> sharded() throws Exception {
    Set<String> names = new TreeSet<>();
    for (JavaClass one : CLASSES) {
      for (JavaField field : one.getFields()) {
        if (field.getRawType().isEquivalentTo(EntityTypeKey.class)) {
          Field found = field.reflect();
          found.setAccessible(true);
          names.add(((EntityTypeKey<?>) found.get(null)).name());
        }
      }
    }
    return names;
  }
}
