/**
 * What a running council offers: intake of alerts, reads of cases, and the driver of open cases.
 */
@NullMarked
package witan.actors.service;

import org.jspecify.annotations.NullMarked;
