/** What became of alerts, and what rules would make of them. */
@NullMarked
package witan.answers.alerts;

import org.jspecify.annotations.NullMarked;
