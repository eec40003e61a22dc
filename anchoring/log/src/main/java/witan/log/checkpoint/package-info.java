/** C2SP signed notes and tlog-checkpoint, signed and cosigned with Ed25519. */
@NullMarked
package witan.log.checkpoint;

import org.jspecify.annotations.NullMarked;
