package dev.quipu.rules;

import dev.quipu.Identity;
import dev.quipu.PolicyRequest;

/**
 * What is to be decided, as rules see it. The text of the question is left out on purpose: rules decide about facts,
 * and a customer's words must not steer them.
 *
 * @param topic what the decision is about; {@code access} before anything is read
 * @param tenant the business whose data may be read
 * @param customerId the signed-in customer; empty for a visitor
 * @param anonymous whether a visitor asks who has not signed in
 * @param language {@code en} or {@code zh}
 */
public record Request(String topic, String tenant, String customerId, boolean anonymous, String language) {
    static Request of(PolicyRequest request) {
        Identity who = request.question().identity();
        String customer = switch (who) {
            case Identity.Customer signedIn -> signedIn.id();
            case Identity.Anonymous visitor -> "";
        };
        return new Request(
                request.topic(),
                who.tenant(),
                customer,
                who instanceof Identity.Anonymous,
                request.question().language().tag());
    }
}
