/**
 * The HTTP API: {@link witan.http.HttpApi} makes the route, {@link witan.http.HttpServer} binds it.
 */
@NullMarked
package witan.http;

import org.jspecify.annotations.NullMarked;
