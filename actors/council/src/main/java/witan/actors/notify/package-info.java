/** Tells voters that a vote is open: signed webhooks, in the form of Standard Webhooks. */
@NullMarked
package witan.actors.notify;

import org.jspecify.annotations.NullMarked;
