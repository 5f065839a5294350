package dev.quipu.llama.ffm.internal;

import dev.quipu.llama.Share;
import java.util.HashMap;
import java.util.Map;

/**
 * How much of the engine each tenant had: tokens divided by its weight, its virtual time.
 *
 * <p>After start-time fair queueing (Goyal, Vin and Cheng, 1996): a tenant that comes starts at the least virtual time of
 * those that are here, so that being away earns nothing and lets nobody else wait.
 */
final class FairShare {
    private static final class Account {
        double time;
        int open;
    }

    private final Map<String, Account> accounts = new HashMap<>();

    /** A request of the tenant came. */
    void opened(String tenant) {
        double floor = floor();
        // Those that left are remembered only while they are ahead of those that are here.
        accounts.values().removeIf(a -> a.open == 0 && a.time <= floor);
        Account account = accounts.computeIfAbsent(tenant, t -> new Account());
        if (account.open++ == 0) {
            account.time = Math.max(account.time, floor);
        }
    }

    /** A request of the tenant ended. */
    void closed(String tenant) {
        Account account = accounts.get(tenant);
        if (account != null && --account.open == 0 && accounts.values().stream().allMatch(a -> a.open == 0)) {
            accounts.clear();
        }
    }

    void charge(Share share, int tokens) {
        Account account = accounts.get(share.tenant());
        if (account != null) {
            account.time += tokens / share.weight();
        }
    }

    double time(String tenant) {
        Account account = accounts.get(tenant);
        return account == null ? 0 : account.time;
    }

    /** Tenants that are remembered. */
    int size() {
        return accounts.size();
    }

    private double floor() {
        return accounts.values().stream()
                .filter(a -> a.open > 0)
                .mapToDouble(a -> a.time)
                .min()
                .orElse(0);
    }
}
