/** Alerts in the sensors' own formats, normalised; purely. */
@NullMarked
package witan.domain.detection;

import org.jspecify.annotations.NullMarked;
