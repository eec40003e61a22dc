package witan.actors.entity;

import akka.actor.typed.RecipientRef;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import witan.actors.log.Counters;
import witan.actors.log.Sequencer;
import witan.actors.spi.EntryLog;
import witan.actors.spi.KeyTable;
import witan.domain.common.Digest;

/**
 * What an entity needs around it.
 *
 * @param content loads into the decider's lookup; false if there is none
 * @param generation of the log that grows
 */
public record EntitySurroundings(
    RecipientRef<Sequencer.Command> sequencer,
    EntryLog log,
    KeyTable keys,
    Function<Digest, CompletionStage<Boolean>> content,
    NodeMessages messages,
    Counters counters,
    int generation) {}
