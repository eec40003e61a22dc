/** The C2SP tlog-tiles layout: names, tiles, entry bundles, and proofs computed from tiles. */
@NullMarked
package witan.log.tile;

import org.jspecify.annotations.NullMarked;
