package dev.quipu.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may call.
 *
 * <p>On loopback without a token only requests that name a loopback host are served, so that a web page elsewhere cannot
 * reach the server through a name that it points at loopback (DNS rebinding). Beyond loopback every request needs the
 * token.
 *
 * @param token the bearer token, empty for none
 */
record Access(String token) {
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    static Access of(String host, String token) {
        try {
            if (token.isEmpty() && !InetAddress.getByName(host).isLoopbackAddress()) {
                throw new ServerException(
                        ServerError.UNSAFE_BIND,
                        host + " is reachable from elsewhere, so a token is needed. Pass --token or set QUIPU_TOKEN.");
            }
        } catch (UnknownHostException e) {
            throw new ServerException(ServerError.USAGE, "--host " + host + " is no address of this machine.", e);
        }
        return new Access(token);
    }

    /** Why a request may not pass, by its headers; empty when it may. */
    Optional<ServerException> refusal(@Nullable String authorization, @Nullable String host, @Nullable String origin) {
        if (!token.isEmpty()) {
            byte[] expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
            byte[] given = (authorization == null ? "" : authorization).getBytes(StandardCharsets.UTF_8);
            return MessageDigest.isEqual(expected, given)
                    ? Optional.empty()
                    : Optional.of(new ServerException(
                            ServerError.UNAUTHORIZED,
                            "The request has no valid token. Send the server's as 'authorization: Bearer …'."));
        }
        return isLocal(host) && (origin == null || isLocal(origin.replaceFirst("^https?://", "")))
                ? Optional.empty()
                : Optional.of(new ServerException(
                        ServerError.FOREIGN_PAGE,
                        "The request comes from another page or names another host. Use http://127.0.0.1, or start"
                                + " the server with a token."));
    }

    private static boolean isLocal(@Nullable String host) {
        return host != null
                && LOCAL_NAMES.contains(host.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", ""));
    }
}
