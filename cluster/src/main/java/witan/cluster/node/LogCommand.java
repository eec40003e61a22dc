package witan.cluster.node;

import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import witan.actors.entity.CodecFormat;
import witan.actors.log.Adoption;
import witan.actors.log.AdoptionException;
import witan.actors.log.IndexRow;
import witan.actors.log.LogGenerations;
import witan.actors.log.LogHead;
import witan.actors.log.LogItem;
import witan.actors.log.PlacedEntries;
import witan.actors.log.Remembered;
import witan.actors.memory.NodeMemory;
import witan.actors.node.RuntimeSettings;
import witan.actors.node.StoppedLog;
import witan.actors.spi.KeyTable;
import witan.actors.spi.StoredEntry;
import witan.cluster.StartException;
import witan.cluster.vote.AdoptionPlan;
import witan.codec.event.Encoded;
import witan.codec.event.EventCodec;
import witan.codec.event.Family;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.adoption.AdoptionEvent.LogAdopted;
import witan.domain.adoption.AdoptionEvent.Lost;
import witan.domain.adoption.AdoptionRules;
import witan.domain.adoption.SignedAdoption;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.common.Identity;
import witan.domain.common.LogIndex;
import witan.domain.registry.LogPlace;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryState;
import witan.domain.registry.RegistryVersions;
import witan.domain.registry.SignedStatement;
import witan.log.checkpoint.NoteSigner;
import witan.signing.StatementSignatures;

/** {@code witan log}: what is done to the log while no node runs. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    description = "What is done to the log while its nodes are stopped.",
    subcommands = LogCommand.Adopt.class)
public final class LogCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say what: adopt");
  }

  /** {@code witan log adopt}. */
  @Command(
      name = "adopt",
      mixinStandardHelpOptions = true,
      description = {
        "Closes the log as the database has it and begins its next generation: the way out where a log"
            + " stands still (log_rolled_back, log_forked) and the newer data is lost for good.",
        "Stop all nodes, and run it where a log node runs, with that node's settings. First with"
            + " --plan; members sign what it prints ('witan vote adopt'); then with their statements."
            + " A run that was cut off is finished by running it again. Afterwards all nodes get"
            + " witan.log.generation.",
        "Exit codes: 0 done; 1 it was refused; 2 it could not be tried."
      })
  static final class Adopt implements Callable<Integer> {
    private static final Limits STATEMENTS = Limits.ofBytes(1 << 20);

    @Spec CommandSpec spec = CommandSpec.create();

    @Option(names = "--plan", description = "print what members are to sign, and change nothing")
    boolean plan;

    @Option(
        names = "--reason",
        required = true,
        description = "why the newer data cannot be had; it is published")
    String reason = "";

    @Option(
        names = "--by",
        defaultValue = "${sys:user.name}",
        description = "who does it; the log has the council's pseudonym of it")
    String by = "";

    @Option(
        names = "--statements",
        arity = "1..*",
        description = "files that 'witan vote adopt' wrote")
    List<Path> statements = List.of();

    @Option(
        names = "--unsigned",
        description =
            "without a member's statement: for development alone (witan.node.create-keys)")
    boolean unsigned;

    @Override
    public Integer call() throws Exception {
      if (reason.isBlank() || reason.length() > SignedStatement.MAX_REASON) {
        throw new StartException("--reason has 1 to " + SignedStatement.MAX_REASON + " characters");
      }
      NodeSettings settings = NodeSettings.load();
      if (unsigned && !settings.createKeys()) {
        throw new StartException(
            "--unsigned is for development alone, where witan.node.create-keys is on");
      }
      try (StoppedLog stopped = StoppedLog.open(settings.runtime())) {
        return new Work(settings, stopped, this).run();
      } catch (AdoptionException refused) {
        spec.commandLine().getErr().println("Refused: " + refused.getMessage());
        return 1;
      }
    }

    private List<SignedAdoption> read() throws IOException {
      List<SignedAdoption> all = new ArrayList<>();
      for (Path file : statements) {
        try {
          all.add(
              Json.read(SignedAdoption.class, Json.parse(Files.readAllBytes(file), STATEMENTS)));
        } catch (JsonRefused e) {
          throw new StartException(file + " is no statement of an adoption: " + e.getMessage());
        }
      }
      return all;
    }
  }

  /** One run. */
  private static final class Work {
    private static final int PAGE = 1_000;

    private final NodeSettings settings;
    private final Adopt command;
    private final RuntimeSettings now;
    private final RuntimeSettings then;
    private final LogGenerations log;
    private final KeyTable keys;
    private final NodeMemory remembers;
    private final NoteSigner signer;
    private final Adoption adoption;
    private final PrintWriter out;

    Work(NodeSettings settings, StoppedLog stopped, Adopt command) throws IOException {
      this.settings = settings;
      this.command = command;
      this.out = command.spec.commandLine().getOut();
      this.now = settings.runtime();
      this.then =
          RuntimeSettings.from(
              settings
                  .all()
                  .withValue(
                      "witan.log.generation", ConfigValueFactory.fromAnyRef(now.generation() + 1)));
      this.log = stopped.generations();
      this.keys = stopped.keys();
      NodeKeys files = new NodeKeys(false);
      this.remembers = NodeMemory.open(now.memory(), files.log(now, true).key());
      this.signer = files.log(then, true).signer();
      NodeMemory next = NodeMemory.open(then.memory(), signer.key());
      next.alone(Runnable::run);
      this.adoption =
          new Adoption(
              log,
              stopped.store(then.generation()),
              next,
              signer,
              new CodecFormat<>(DomainEvent.class),
              UUID::randomUUID);
    }

    Integer run() throws IOException {
      if (!command.plan) {
        Optional<LogItem> begun = adoption.finish();
        if (begun.isPresent()) {
          out.println("An adoption that was begun before is finished.");
          return done();
        }
      }
      LogHead head = adoption.head();
      if (head.closed() || head.size() == 0) {
        throw new AdoptionException(
            head.closed()
                ? "the log is closed already"
                : "the log is empty: there is nothing to lose");
      }
      adoption.derive(head);
      RegistryVersions registry = registry(head);
      LogAdopted event = event(head);
      if (command.plan) {
        out.println(new String(plan(registry, event).bytes(), StandardCharsets.UTF_8));
        return 0;
      }
      if (!command.unsigned) {
        new AdoptionRules(new StatementSignatures(), new JcsContentHasher())
            .problem(registry, new LogPlace(LogIndex.of(then.generation(), 0), event.at()), event)
            .ifPresent(
                r -> {
                  throw new AdoptionException(
                      r.code() + ": " + r.message() + " (" + r.hint() + ")");
                });
      }
      adoption.adopt(head, entry(event));
      return done();
    }

    private Integer done() {
      out.println("The log goes on as " + then.currentOrigin() + ".");
      out.println("Key of this generation: " + signer.key().vkey());
      out.println(
          "Give all nodes witan.log.generation = "
              + then.generation()
              + ", and this key to those that are told keys: witan.log.public-key-file,"
              + " witan.execution.feed.log-keys, auditors' trust files (generations).");
      return 0;
    }

    private LogAdopted event(LogHead head) throws IOException {
      List<Lost> lost =
          remembers
              .known()
              .filter(known -> contradicts(known, head))
              .map(k -> new Lost(k.source(), k.size(), Digest.of(k.root().bytes())))
              .stream()
              .toList();
      String principal =
          new NodeKeys(false)
              .pseudonyms(settings.pseudonymKeyFile())
              .pseudonym(new Identity("witan log adopt", command.by, command.by));
      return new LogAdopted(
          then.currentOrigin(),
          now.currentOrigin(),
          head.size(),
          Digest.of(head.root().bytes()),
          lost,
          command.reason,
          command.read(),
          principal,
          Instant.now().truncatedTo(ChronoUnit.MILLIS),
          null);
    }

    private static boolean contradicts(Remembered known, LogHead head) {
      return known.size() > head.size()
          || (known.size() == head.size() && !known.root().equals(head.root()));
    }

    /** Of the registry, up to where the log is closed. */
    private RegistryVersions registry(LogHead head) {
      RegistryVersions versions =
          new RegistryVersions(
              new RegistryAggregate(new JcsContentHasher(), new StatementSignatures()));
      String pid = Family.REGISTRY.pid(now.councilId());
      Optional<byte[]> key = keys.existing(pid).toCompletableFuture().join();
      PlacedEntries placed = new PlacedEntries(log);
      for (long seq = 1; key.isPresent(); ) {
        List<PlacedEntries.Place> places =
            log.indexOf(pid, seq, PAGE).toCompletableFuture().join().stream()
                .takeWhile(row -> row.index() < log.end(head.size()))
                .map(row -> new PlacedEntries.Place(row.index(), row.hash(), row.batch()))
                .toList();
        if (places.isEmpty()) {
          break;
        }
        for (StoredEntry stored : placed.read(places).toCompletableFuture().join()) {
          DomainEvent event =
              new EventCodec().decode(stored.entry(), stored.sealedBody(), key.get());
          versions.add(stored.index(), (RegistryEvent) event);
        }
        seq += places.size();
      }
      return versions;
    }

    private AdoptionPlan plan(RegistryVersions registry, LogAdopted event) {
      RegistryState council = registry.current();
      if (council.charter() == null || council.charterHash() == null) {
        throw new AdoptionException("what is left of the log founds no council");
      }
      return new AdoptionPlan(
          council.charterHash(),
          council.charter().domain(),
          event.oldOrigin(),
          event.oldSize(),
          event.oldRoot(),
          event.origin(),
          event.lost(),
          event.reason());
    }

    private LogItem entry(LogAdopted event) {
      String pid = Family.ADOPTION.pid(now.councilId());
      byte[] key = keys.keyFor(pid).toCompletableFuture().join();
      Optional<IndexRow> last = log.lastOf(pid).toCompletableFuture().join();
      Encoded encoded =
          new EventCodec()
              .encode(
                  event,
                  pid,
                  last.map(row -> row.seq() + 1).orElse(1L),
                  last.map(row -> Digest.of(row.hash().bytes())).orElse(Digest.ZERO),
                  null,
                  key);
      return new LogItem(encoded.entry(), encoded.sealedBody());
    }
  }
}
