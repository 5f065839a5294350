package dev.quipu.rules;

import dev.quipu.Identity;
import dev.quipu.PolicyRequest;
import java.time.Clock;
import java.time.LocalDate;

/**
 * The fact about the request itself. Public, with getters, because rules are compiled into classes of their own.
 *
 * @param topic the policy topic, for example {@code cancel}
 * @param signedIn whether the asking customer is known
 * @param customer the customer's id, empty for a visitor
 * @param today the current date, for rules about periods
 */
public record Request(String topic, boolean signedIn, String customer, String tenant, LocalDate today) {
    static Request of(PolicyRequest request, Clock clock) {
        Identity identity = request.question().identity();
        String customer = identity instanceof Identity.Customer c ? c.id() : "";
        return new Request(request.topic(), !customer.isEmpty(), customer, identity.tenant(), LocalDate.now(clock));
    }

    public String getTopic() {
        return topic;
    }

    public boolean isSignedIn() {
        return signedIn;
    }

    public String getCustomer() {
        return customer;
    }

    public LocalDate getToday() {
        return today;
    }
}
