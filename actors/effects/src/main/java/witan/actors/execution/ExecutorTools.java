package witan.actors.execution;

import java.time.InstantSource;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.spi.Entities;
import witan.actors.view.CaseLog;
import witan.actors.waiting.WaitBook;

/** What an executor works with; the same for every case of a node. */
public record ExecutorTools(
    CaseLog cases,
    Entities entities,
    DecisionCheck check,
    ClusterActions actions,
    DriftCheck drift,
    ContainmentCheck containment,
    RegistryEffects registry,
    ExecutorKey key,
    ExecutionSettings settings,
    Lanes lanes,
    InstantSource clock,
    WaitBook waits) {}
