package witan.cluster;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The walls of {@code docs/architecture.md} that the classpath cannot build. */
class ArchitectureTest {

  /** One test a rule: every field of this class that is one. */
  @TestFactory
  Stream<DynamicTest> holds() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // What modules publish for the tests of others.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("witan");
    return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
        .filter(field -> ArchRule.class.isAssignableFrom(field.getType()))
        .map(
            field ->
                DynamicTest.dynamicTest(
                    field.getName(), () -> ((ArchRule) field.get(null)).check(classes)));
  }

  private static final String[] PURE = {
    "witan.domain..",
    "witan.log..",
    "witan.codec..",
    "witan.signing..",
    "witan.evidence..",
    "witan.answers.."
  };

  static final ArchRule pure_code_reads_no_clock =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Math.class, "random")
          .because("decisions must be the same wherever and whenever they are recomputed");

  static final ArchRule pure_code_throws_no_dice =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .and()
          // Making a log key takes its randomness as an argument.
          .haveNameNotMatching("witan\\.log\\.checkpoint\\.NoteSigner.*")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Random.class)
          .because("decisions must be the same wherever and whenever they are recomputed");

  static final ArchRule pure_code_starts_no_threads =
      noClasses()
          .that()
          .resideInAnyPackage("witan.domain..", "witan.log..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.util\\.concurrent\\.(Executor.*|.*Pool.*|locks\\..*)");

  static final ArchRule akka_stays_in_the_shells =
      noClasses()
          .that(not(resideInAnyPackage("witan.actors..", "witan.http..", "witan.cluster..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("akka..");

  static final ArchRule akka_http_stays_in_http =
      noClasses()
          .that(not(resideInAnyPackage("witan.http..", "witan.cluster..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("akka.http..");

  static final ArchRule the_kubernetes_client_stays_in_its_package =
      noClasses()
          .that(not(resideInAnyPackage("witan.actors.kubernetes..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.kubernetes..");

  static final ArchRule web3j_stays_in_its_package =
      noClasses()
          .that(not(resideInAnyPackage("witan.chain..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.web3j..");

  static final ArchRule the_cassandra_driver_stays_in_the_stores =
      noClasses()
          .that(
              not(
                  resideInAnyPackage(
                      "witan.actors.log..", "witan.actors.anchor..", "witan.actors.node..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.datastax..");

  static final ArchRule http_never_sees_the_runtime =
      noClasses()
          .that()
          .resideInAPackage("witan.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("witan.actors..", "witan.chain..");

  static final ArchRule answers_are_read_without_the_rest =
      noClasses()
          .that()
          .resideInAPackage("witan.answers..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("witan..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "witan.answers..", "witan.domain..", "witan.codec.."))))
          .because("a voter's command reads them without a server on its class path");

  static final ArchRule what_members_sign_stays_in_the_signing_room =
      noClasses()
          .that()
          .resideInAnyPackage("witan.http..", "witan.cluster..", "witan.actors..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("witan.ballot..");

  static final ArchRule only_cluster_wires_everything =
      noClasses()
          .that(not(resideInAnyPackage("witan.cluster..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("witan.cluster..");

  static final ArchRule commands_start_without_what_a_node_needs =
      noClasses()
          .that()
          .resideInAnyPackage(
              "witan.cluster.settings..",
              "witan.cluster.client..",
              "witan.cluster.evidence..",
              "witan.cluster.sign..",
              "witan.cluster.vote..",
              "witan.cluster.cases..",
              "witan.cluster.key..",
              "witan.cluster.council..",
              "witan.cluster.rules..",
              "witan.cluster.text..",
              "witan.cluster.change..",
              "witan.cluster.watch..",
              "witan.cluster.playbook..",
              "witan.cluster.ingest..",
              "witan.cluster.local..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "akka..",
              "scala..",
              "com.typesafe..",
              "com.datastax..",
              "io.kubernetes..",
              "org.web3j..",
              "org.slf4j..",
              "witan.actors..",
              "witan.chain..",
              "witan.cluster.node..")
          .because("a person waits for them to start");

  static final ArchRule areas_have_no_cycles =
      slices().matching("witan.(*)..").should().beFreeOfCycles();

  static final ArchRule packages_of_the_domain_have_no_cycles = noCyclesBelow("witan.domain");

  static final ArchRule packages_of_the_codec_have_no_cycles = noCyclesBelow("witan.codec");

  static final ArchRule packages_of_the_log_have_no_cycles = noCyclesBelow("witan.log");

  static final ArchRule packages_of_the_runtime_have_no_cycles = noCyclesBelow("witan.actors");

  static final ArchRule packages_of_the_answers_have_no_cycles = noCyclesBelow("witan.answers");

  static final ArchRule packages_of_http_have_no_cycles = noCyclesBelow("witan.http");

  static final ArchRule packages_of_the_cluster_have_no_cycles = noCyclesBelow("witan.cluster");

  static final ArchRule packages_of_the_verifier_have_no_cycles = noCyclesBelow("witan.verifier");

  /**
   * Classes of the package itself are in no slice: those of http and of the cluster wire what is
   * below them, and hold what all of it shares.
   */
  private static ArchRule noCyclesBelow(String area) {
    return slices().matching(area + ".(*)..").should().beFreeOfCycles();
  }

  static final ArchRule protocol_types_are_records =
      classes()
          .that()
          .implement(
              com.tngtech.archunit.base.DescribedPredicate.describe(
                  "a sealed protocol interface",
                  (JavaClass c) ->
                      c.getSimpleName().endsWith("Command") || c.getSimpleName().endsWith("Event")))
          .and()
          .areNotInterfaces()
          .and()
          .resideInAPackage("witan.domain..")
          .should()
          .beRecords();

  static final ArchRule every_package_is_null_marked =
      classes()
          .that()
          .resideInAPackage("witan..")
          .and()
          .areTopLevelClasses()
          .should(
              new ArchCondition<>("be in a @NullMarked package") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                  boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                  events.add(
                      new SimpleConditionEvent(
                          item,
                          marked,
                          item.getPackageName() + " has no @NullMarked package-info"));
                }
              });

  static final ArchRule nobody_blocks_on_a_future =
      noClasses()
          .that()
          .resideInAnyPackage("witan.domain..", "witan.actors..", "witan.http..")
          .should()
          .callMethod(CompletableFuture.class, "join")
          .orShould()
          .callMethod(CompletableFuture.class, "get")
          .because("a blocked dispatcher thread stalls every entity on it");

  static final ArchRule data_is_immutable =
      classes()
          .that()
          .resideInAPackage("witan.domain..")
          .and()
          .areRecords()
          .should()
          .haveOnlyFinalFields()
          .andShould()
          .haveModifier(JavaModifier.FINAL);
}
