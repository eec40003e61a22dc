/** Carries out what was decided: recount, intent, fenced effect, observation. */
@NullMarked
package witan.actors.execution;

import org.jspecify.annotations.NullMarked;
