package dev.quipu.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may call.
 *
 * <p>On loopback without a token only requests that name a loopback host are served, so that a web page elsewhere cannot
 * reach the server through a name that it points at loopback (DNS rebinding), and of pages only this machine's and those
 * that are allowed. Beyond loopback every request needs a token.
 *
 * @param tokens the bearer tokens, none where none is needed
 * @param cors the pages of other sites that may call
 */
record Access(ApiTokens tokens, Cors cors) {
    /** Without tokens, on loopback. */
    static final Access LOCAL = new Access(ApiTokens.NONE, Cors.CLOSED);

    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    static Access of(String host, ApiTokens tokens, Cors cors) {
        try {
            if (tokens.isEmpty() && !InetAddress.getByName(host).isLoopbackAddress()) {
                throw new ServerException(
                        ServerError.UNSAFE_BIND,
                        host + " is reachable from elsewhere, so a token is needed. Pass --token or --tokens, or set"
                                + " QUIPU_TOKEN.");
            }
        } catch (UnknownHostException e) {
            throw new ServerException(ServerError.USAGE, "--host " + host + " is no address of this machine.", e);
        }
        return new Access(tokens, cors);
    }

    /**
     * Who calls, by the headers of a request.
     *
     * @throws ServerException if it may not pass
     */
    Caller admit(@Nullable String authorization, @Nullable String host, @Nullable String origin) {
        if (!tokens.isEmpty()) {
            return tokens.caller(authorization)
                    .orElseThrow(() -> new ServerException(
                            ServerError.UNAUTHORIZED,
                            "The request has no valid token. Send the server's as 'authorization: Bearer …'."));
        }
        boolean here = origin == null || isLocal(origin.replaceFirst("^https?://", ""));
        if (!isLocal(host) || !(here || cors.allows(origin))) {
            throw new ServerException(
                    ServerError.FOREIGN_PAGE,
                    "The request comes from another page or names another host. Use http://127.0.0.1, start the server"
                            + " with a token, or allow the page's origin with --allow-origin.");
        }
        return Caller.NAMELESS;
    }

    private static boolean isLocal(@Nullable String host) {
        return host != null
                && LOCAL_NAMES.contains(host.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", ""));
    }
}
