package dev.quipu.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bearer tokens that are let in, each with a name. Only their hashes are kept.
 *
 * <p>A file has a token a line: {@code NAME TOKEN [WEIGHT]}. The token stands there as it is, or as {@code sha256:} with the
 * hash of its bytes, so that who reads the file cannot call. The weight is the caller's part of the engine, 1 where nothing
 * is said. Lines that are empty or begin with {@code #} say nothing.
 */
final class ApiTokens {
    static final ApiTokens NONE = new ApiTokens(List.of());

    private static final Pattern LINE =
            Pattern.compile("(?<name>[A-Za-z0-9._-]{1,64})\\s+(?<token>\\S+)(\\s+(?<weight>\\d{1,4}(\\.\\d{1,3})?))?");
    private static final Pattern HASH = Pattern.compile("sha256:(?<hash>[0-9a-f]{64})");
    private static final String SCHEME = "Bearer ";
    /** Whoever has the hash of a shorter one can find it by trying. */
    private static final int SHORTEST = 16;

    private record Known(Caller caller, String hash) {}

    private final List<Known> known;

    private ApiTokens(List<Known> known) {
        this.known = List.copyOf(known);
    }

    /** The one token of a server that does not tell its callers apart; none if it is empty. */
    static ApiTokens of(String token) {
        return token.isEmpty() ? NONE : new ApiTokens(List.of(new Known(Caller.NAMELESS, Sha256.hex(token))));
    }

    /** @throws ServerException if the file cannot be read, or a line of it cannot be used */
    static ApiTokens read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new ServerException(
                    ServerError.TOKENS, "The tokens in " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
        List<Known> read = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Known one = known(line, file + ", line " + (i + 1));
            if (read.stream().anyMatch(o -> o.caller.name().equals(one.caller.name()) || o.hash.equals(one.hash))) {
                throw bad(file + ", line " + (i + 1) + " has a name or a token that a line above has.");
            }
            read.add(one);
        }
        if (read.isEmpty()) {
            throw bad(file + " has no token. Write one a line: NAME TOKEN [WEIGHT].");
        }
        return new ApiTokens(read);
    }

    private static Known known(String line, String where) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            // The line itself is not repeated: it may hold a token.
            throw bad(where + " is not of the form NAME TOKEN [WEIGHT].");
        }
        double weight = Optional.ofNullable(parts.group("weight"))
                .map(Double::parseDouble)
                .orElse(1.0);
        if (weight < 0.001 || weight > 1000) {
            throw bad(where + " has the weight " + weight + ", but it has to be from 0.001 to 1000.");
        }
        String token = parts.group("token");
        Matcher hashed = HASH.matcher(token);
        if (!hashed.matches() && (token.length() < SHORTEST || token.startsWith("sha256:"))) {
            throw bad(where + " has a token of less than " + SHORTEST + " characters, or no hash behind 'sha256:'.");
        }
        return new Known(
                new Caller(parts.group("name"), weight), hashed.matches() ? hashed.group("hash") : Sha256.hex(token));
    }

    /** These and others. */
    ApiTokens and(ApiTokens others) {
        List<Known> both = new ArrayList<>(known);
        both.addAll(others.known);
        return new ApiTokens(both);
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    /** Whose token a header carries. Takes the same time whether one is right, and whichever it is. */
    Optional<Caller> caller(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        byte[] given = Sha256.hex(authorization.substring(SCHEME.length())).getBytes(StandardCharsets.US_ASCII);
        Optional<Caller> found = Optional.empty();
        for (Known one : known) {
            if (MessageDigest.isEqual(given, one.hash.getBytes(StandardCharsets.US_ASCII))) {
                found = Optional.of(one.caller);
            }
        }
        return found;
    }

    private static ServerException bad(String detail) {
        return new ServerException(ServerError.TOKENS, detail);
    }
}
