package witan.http;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import witan.codec.hash.JcsContentHasher;
import witan.domain.api.Anchors;
import witan.domain.api.Answer;
import witan.domain.api.Ballots;
import witan.domain.api.CaseQuery;
import witan.domain.api.CaseSummary;
import witan.domain.api.Cases;
import witan.domain.api.Containments;
import witan.domain.api.Councils;
import witan.domain.api.Health;
import witan.domain.api.Intake;
import witan.domain.api.IntakeOutcome;
import witan.domain.api.Intaken;
import witan.domain.api.Interventions;
import witan.domain.api.LogReads;
import witan.domain.api.LoggedCase;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Page;
import witan.domain.api.Persons;
import witan.domain.api.Receipt;
import witan.domain.api.Statements;
import witan.domain.api.Views;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.Identity;
import witan.domain.common.Person;
import witan.domain.common.Refusal;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentState;
import witan.domain.detection.Alert;
import witan.domain.detection.AlertSignature;
import witan.domain.detection.Normalised;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Electorate;
import witan.domain.governance.SignedBallot;
import witan.domain.proposal.Notice;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.FoundingPlace;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryCommand.FoundCouncil;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryState;
import witan.domain.registry.SignedStatement;
import witan.domain.registry.SignedVeto;
import witan.domain.response.ResponseRules;
import witan.domain.waiting.Waiting;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteSigner;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;
import witan.signing.StatementSignatures;

/** A council in memory: it remembers what it was asked and answers what the test says. */
final class FakeCouncil {
  static final Instant NOW = Instant.parse("2026-11-23T01:02:03.000Z");
  static final String ORIGIN = "log.example/witan";
  static final NoteSigner SIGNER = NoteSigner.generate(ORIGIN, new SecureRandom());
  static final byte[] ENTRY_0 = "{\"v\":1}".getBytes(StandardCharsets.UTF_8);
  static final byte[] ENTRY_1 = "{\"v\":1,\"x\":2}".getBytes(StandardCharsets.UTF_8);
  static final Hash LEAF_0 = Hashing.leaf(ENTRY_0);
  static final Hash LEAF_1 = Hashing.leaf(ENTRY_1);
  static final Hash ROOT = Hashing.node(LEAF_0, LEAF_1);
  static final String NOTE = SIGNER.sign(new Checkpoint(ORIGIN, 2, ROOT));

  final List<Normalised> alerts = Collections.synchronizedList(new ArrayList<>());
  final List<String> raws = Collections.synchronizedList(new ArrayList<>());
  final List<String> refusals = new CopyOnWriteArrayList<>();
  final List<FoundCouncil> foundings = new CopyOnWriteArrayList<>();
  final List<SignedDraft> proposed = new ArrayList<>();
  final List<Notice> notices = new CopyOnWriteArrayList<>();
  final FakePlaybooks playbooks = new FakePlaybooks(NOW);
  final List<SignedVeto> vetoes = new CopyOnWriteArrayList<>();
  final List<SignedStatement> statements = new CopyOnWriteArrayList<>();
  final List<String> said = new CopyOnWriteArrayList<>();
  final List<LoggedEvent> notes = new CopyOnWriteArrayList<>();
  final List<RegistryCommand> submitted = new CopyOnWriteArrayList<>();
  final Map<Digest, Electorate> electorates = new HashMap<>();
  final List<SignedBallot> votes = new CopyOnWriteArrayList<>();
  final List<Optional<String>> keys = new CopyOnWriteArrayList<>();
  final List<CaseQuery> queries = new CopyOnWriteArrayList<>();
  final List<Long> feeds = new CopyOnWriteArrayList<>();
  final BlockingQueue<Long> reached = new LinkedBlockingQueue<>();
  final Map<CaseId, LoggedCase> cases = new HashMap<>();
  final List<ContainmentCommand.SwitchOff> switches = new ArrayList<>();
  ContainmentState containments = ContainmentState.EMPTY;
  Answer<Receipt> switched = receipt(false);
  final Map<Digest, BlastRadius> radii = new HashMap<>();
  final List<LoggedEvent> events = new ArrayList<>();
  final List<CaseSummary> summaries = new ArrayList<>();

  volatile BiFunction<Normalised, Integer, Answer<Intaken>> intake =
      (normalised, n) -> done(alertId(normalised), IntakeOutcome.OPENED, n);
  volatile Supplier<CompletionStage<Answer<Receipt>>> cast = () -> now(receipt(false));
  volatile Answer<Receipt> founded = receipt(false);
  volatile FoundingPlace place = FoundingPlace.unanchored("witan");

  /** Whether foundings are decided by the registry's own rules, at that place. */
  volatile boolean decides;

  volatile Answer<Receipt> vetoed = receipt(false);
  volatile Optional<RegistryState> registry = Optional.empty();
  volatile LongFunction<CompletionStage<Boolean>> reaches = index -> now(true);
  volatile Supplier<CompletionStage<Optional<LoggedCase>>> read;
  volatile Answer<byte[]> bundle = new Answer.Done<>("{}".getBytes(StandardCharsets.UTF_8));
  volatile Anchors.Status anchoring =
      new Anchors.Status(Anchors.State.DISABLED, 0, null, "no chain");
  volatile Health.Report health =
      new Health.Report(true, List.of(new Health.Part("journal", true, true, "10.0.0.7 answers")));
  final List<Optional<AlertSignature>> signed = new ArrayList<>();
  volatile List<Intake.Related> related = List.of();
  volatile ResponseRules rules;
  volatile boolean alive = true;
  volatile List<Waiting> waits = List.of();
  volatile boolean endFeed = true;

  static Answer<Receipt> receipt(boolean repeated) {
    return new Answer.Done<>(new Receipt("case|c-1", 4, 1, repeated));
  }

  static <T> Answer<T> refused(String code) {
    return new Answer.Declined<>(new Refusal(code, "what is wrong", "what to do"));
  }

  static <T> Answer<T> busy() {
    return new Answer.Busy<>("the sequencer fails over", Duration.ofMillis(1500));
  }

  static Answer<Intaken> done(String alertId, IntakeOutcome outcome, int n) {
    return new Answer.Done<>(
        new Intaken(
            alertId, outcome, new CaseId("c-" + n), new Receipt("case|c-" + n, 2, n, false)));
  }

  static String alertId(Normalised normalised) {
    return normalised instanceof Normalised.Finding finding
        ? finding.alert().alertId()
        : ((Normalised.NotAFinding) normalised).alert().alertId();
  }

  Services services() {
    Intake in =
        new Intake() {
          @Override
          public CompletionStage<Answer<Intaken>> take(
              Normalised normalised, String raw, @Nullable AlertSignature by) {
            synchronized (FakeCouncil.this) {
              signed.add(Optional.ofNullable(by));
              alerts.add(normalised);
              raws.add(raw);
              return now(intake.apply(normalised, alerts.size()));
            }
          }

          @Override
          public void refused(String sensor, String code) {
            refusals.add(sensor + " " + code);
          }

          @Override
          public CompletionStage<List<Related>> related(CaseId of, List<Alert> given) {
            return now(related);
          }

          @Override
          public Optional<ResponseRules.Evaluation> evaluate(List<Alert> given) {
            return Optional.ofNullable(rules).map(r -> r.evaluate(given));
          }
        };
    Ballots ballots =
        new Ballots() {
          @Override
          public CompletionStage<Answer<Receipt>> cast(
              CaseId caseId, SignedBallot signed, @Nullable String key) {
            votes.add(signed);
            keys.add(Optional.ofNullable(key));
            return cast.get();
          }

          @Override
          public CompletionStage<Answer<Receipt>> propose(
              CaseId caseId, SignedDraft signed, Eip712Domain domain) {
            proposed.add(signed);
            return cast.get();
          }

          @Override
          public CompletionStage<Answer<Receipt>> acknowledge(CaseId caseId, Notice notice) {
            notices.add(notice);
            return cast.get();
          }
        };
    Health check =
        new Health() {
          @Override
          public boolean alive() {
            return alive;
          }

          @Override
          public CompletionStage<Report> check() {
            return now(health);
          }
        };
    return new Services(
        in,
        new FakeCouncils(),
        ballots,
        (caseId, signed) -> {
          statements.add(signed);
          return now(founded);
        },
        (caseId, signed) -> {
          vetoes.add(signed);
          return now(vetoed);
        },
        playbooks,
        new FakeInterventions(),
        new FakeCases(),
        new FakeViews(),
        new FakeLog(),
        new FakeAnchors(),
        check,
        () -> now(Samples.overview(anchoring, health)),
        new JcsContentHasher(),
        new FakeContainments(),
        new FakePersons(),
        new FakeStatements());
  }

  /** Pseudonyms that show whose they are. */
  private static final class FakePersons implements Persons {
    private static final String SEALED = "sealed";

    @Override
    public CompletionStage<Person> of(Identity identity) {
      return now(new Person(Person.PREFIX + identity.subject(), SEALED));
    }

    @Override
    public CompletionStage<Optional<Identity>> identity(Person person) {
      String name = person.pseudonym().substring(Person.PREFIX.length());
      return now(
          Optional.of(new Identity("local", name, name))
              .filter(known -> SEALED.equals(person.sealed())));
    }
  }

  private final class FakeContainments implements Containments {
    @Override
    public CompletionStage<ContainmentState> current() {
      return now(containments);
    }

    @Override
    public CompletionStage<Answer<Receipt>> turnOff(ContainmentCommand.SwitchOff command) {
      switches.add(command);
      return now(switched);
    }

    @Override
    public CompletionStage<Answer<Receipt>> turnOn(SignedStatement signed) {
      statements.add(signed);
      return now(switched);
    }
  }

  private static <T> CompletionStage<T> now(T value) {
    return CompletableFuture.completedFuture(value);
  }

  private final class FakeCouncils implements Councils {
    @Override
    public CompletionStage<Answer<Receipt>> submit(RegistryCommand command) {
      if (command instanceof FoundCouncil founding) {
        foundings.add(founding);
        if (decides) {
          return now(decide(founding));
        }
      }
      submitted.add(command);
      return now(founded);
    }

    private Answer<Receipt> decide(FoundCouncil founding) {
      RegistryAggregate rules =
          RegistryAggregate.at(new JcsContentHasher(), new StatementSignatures(), () -> place);
      RegistryState before = registry.orElse(rules.empty());
      Decision<RegistryEvent> decision = rules.decide(before, founding, NOW);
      if (decision instanceof Decision.Refused<RegistryEvent> no) {
        return new Answer.Declined<>(no.refusal());
      }
      if (decision instanceof Decision.Accepted<RegistryEvent> yes) {
        registry = Optional.of(rules.apply(before, yes.events().get(0)));
      }
      return receipt(decision instanceof Decision.Repeated<RegistryEvent>);
    }

    @Override
    public FoundingPlace place() {
      return place;
    }

    @Override
    public CompletionStage<Optional<Electorate>> electorate(Digest digest) {
      return now(Optional.ofNullable(electorates.get(digest)));
    }

    @Override
    public CompletionStage<Optional<RegistryState>> current() {
      return now(registry);
    }
  }

  private final class FakeStatements implements Statements {
    @Override
    public CompletionStage<Answer<Receipt>> confirm(
        CaseId caseId, String step, SignedStatement signed) {
      return abort(caseId, signed);
    }

    @Override
    public CompletionStage<Answer<Receipt>> abort(CaseId caseId, SignedStatement signed) {
      statements.add(signed);
      return now(founded);
    }
  }

  private final class FakeInterventions implements Interventions {
    @Override
    public CompletionStage<Answer<Receipt>> pause(CaseId caseId, Person by, String reason) {
      said.add("pause " + caseId + " by " + by.pseudonym() + ": " + reason);
      return now(founded);
    }

    @Override
    public CompletionStage<Answer<Receipt>> resume(CaseId caseId, Person by) {
      said.add("resume " + caseId + " by " + by.pseudonym());
      return now(founded);
    }

    @Override
    public CompletionStage<Answer<Receipt>> resolve(
        CaseId caseId, String step, boolean did, Person by, String note) {
      said.add(
          "resolve " + caseId + " " + step + " by " + by.pseudonym() + " did=" + did + ": " + note);
      return now(founded);
    }

    @Override
    public CompletionStage<Answer<Receipt>> note(
        CaseId caseId, Person by, String text, @Nullable String key) {
      said.add("note " + caseId + " by " + by.pseudonym() + " key=" + key + ": " + text);
      return now(founded);
    }

    @Override
    public CompletionStage<List<LoggedEvent>> notes(CaseId caseId) {
      return now(notes);
    }
  }

  private final class FakeCases implements Cases {
    @Override
    public CompletionStage<List<Waiting>> waits(LoggedCase logged) {
      return now(waits);
    }

    @Override
    public CompletionStage<Optional<LoggedCase>> read(CaseId caseId) {
      return read != null ? read.get() : now(Optional.ofNullable(cases.get(caseId)));
    }

    @Override
    public CompletionStage<Optional<BlastRadius>> blastRadius(Digest digest) {
      return now(Optional.ofNullable(radii.get(digest)));
    }

    @Override
    public CompletionStage<Answer<byte[]>> bundle(CaseId caseId) {
      return now(bundle);
    }
  }

  private final class FakeViews implements Views {
    @Override
    public CompletionStage<Boolean> reached(long index) {
      reached.add(index);
      return reaches.apply(index);
    }

    @Override
    public Page<CaseSummary> cases(CaseQuery query) {
      queries.add(query);
      return new Page<>(summaries, 7L, 42);
    }

    @Override
    public Flow.Publisher<LoggedEvent> events(long fromIndex) {
      feeds.add(fromIndex);
      return subscriber -> {
        SubmissionPublisher<LoggedEvent> publisher = new SubmissionPublisher<>(Runnable::run, 256);
        publisher.subscribe(subscriber);
        events.stream().filter(e -> e.index() >= fromIndex).forEach(publisher::submit);
        if (endFeed) {
          publisher.close();
        }
      };
    }
  }

  private final class FakeAnchors implements Anchors {
    @Override
    public Status status() {
      return anchoring;
    }

    @Override
    public CompletionStage<Anchored> covering(long index) {
      return new CompletableFuture<>();
    }
  }

  /** A log of two entries. */
  private static final class FakeLog implements LogReads {
    @Override
    public CompletionStage<String> checkpoint() {
      return now(NOTE);
    }

    @Override
    public CompletionStage<String> checkpointCovering(long index) {
      return now(NOTE);
    }

    @Override
    public CompletionStage<Optional<byte[]>> entry(long index) {
      return now(
          index == 0 ? Optional.of(ENTRY_0) : index == 1 ? Optional.of(ENTRY_1) : Optional.empty());
    }

    @Override
    public CompletionStage<Optional<List<Digest>>> inclusion(long index, long size) {
      if (size != 2) {
        return now(Optional.empty());
      }
      return now(Optional.of(List.of(new Digest((index == 0 ? LEAF_1 : LEAF_0).hex()))));
    }

    @Override
    public CompletionStage<Optional<List<Digest>>> consistency(long size1, long size2) {
      return now(
          size1 == 1 && size2 == 2
              ? Optional.of(List.of(new Digest(LEAF_1.hex())))
              : Optional.empty());
    }

    @Override
    public CompletionStage<Optional<byte[]>> tile(int level, long index, int width) {
      byte[] hashes = new byte[64];
      LEAF_0.copyTo(hashes, 0);
      LEAF_1.copyTo(hashes, 32);
      return now(level == 0 && index == 0 && width == 2 ? Optional.of(hashes) : Optional.empty());
    }

    @Override
    public CompletionStage<Optional<byte[]>> entries(long index, int width) {
      return now(index == 0 && width == 2 ? Optional.of(new byte[] {0, 1, 2}) : Optional.empty());
    }
  }
}
