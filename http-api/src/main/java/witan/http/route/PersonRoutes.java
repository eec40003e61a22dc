package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import witan.answers.council.PersonAnswer;
import witan.domain.common.Person;
import witan.http.Services;
import witan.http.auth.Role;
import witan.http.error.Code;
import witan.http.error.Problem;

/** Who stands behind a pseudonym, as long as that person has not been erased. */
public final class PersonRoutes {
  private final Services services;

  public PersonRoutes(Services services) {
    this.services = services;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/v1/persons",
            new Access.Roles(EnumSet.of(Role.OPERATOR, Role.AUDITOR)),
            Set.of("by", "person"),
            this::identity));
  }

  private CompletionStage<HttpResponse> identity(Call call) {
    Person person = new Person(call.query().required("by"), call.query().required("person"));
    return services
        .persons()
        .identity(person)
        .thenApply(
            found ->
                Replies.json(
                    200,
                    new PersonAnswer(
                        person.pseudonym(),
                        found.orElseThrow(
                            () ->
                                Problem.of(
                                    Code.PERSON_UNKNOWN,
                                    "Nobody of that pseudonym is known by that field.",
                                    "Take both of one event; who has been erased is not found"
                                        + " again.")))));
  }
}
