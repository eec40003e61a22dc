package witan.http;

import witan.domain.api.Anchors;
import witan.domain.api.Ballots;
import witan.domain.api.Cases;
import witan.domain.api.Containments;
import witan.domain.api.Councils;
import witan.domain.api.Health;
import witan.domain.api.Intake;
import witan.domain.api.Interventions;
import witan.domain.api.LogReads;
import witan.domain.api.Operations;
import witan.domain.api.Persons;
import witan.domain.api.Playbooks;
import witan.domain.api.Statements;
import witan.domain.api.Verdicts;
import witan.domain.api.Vetoes;
import witan.domain.api.Views;
import witan.domain.proposal.ContentHasher;

/** The running council behind the routes. */
public record Services(
    Intake intake,
    Councils councils,
    Ballots ballots,
    Verdicts verdicts,
    Vetoes vetoes,
    Playbooks playbooks,
    Interventions interventions,
    Cases cases,
    Views views,
    LogReads log,
    Anchors anchors,
    Health health,
    Operations operations,
    ContentHasher hasher,
    Containments containments,
    Persons persons,
    Statements statements) {}
