package dev.quipu.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Answer;
import dev.quipu.Decision;
import dev.quipu.Language;
import dev.quipu.Mention;
import dev.quipu.PolicyRequest;
import dev.quipu.QuipuException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class AssistantAnswerTest extends AssistantFixture {
    @Test
    void answersWithTheTemplateAndItsEvidence() throws Exception {
        Assistant assistant = assistant();

        Answer answer = get(assistant.ask("c", ANNA, "  status W1 "));

        assertThat(answer.text()).isEqualTo("Order W1 of c has 3 items.");
        assertThat(answer.path()).isEqualTo(Answer.Path.TEMPLATE);
        assertThat(answer.language()).isEqualTo(Language.ENGLISH);
        assertThat(answer.millis()).isPositive();
        assertThat(answer.evidence().intent()).isEqualTo("order.status");
        assertThat(answer.evidence().verification().claims()).containsExactly("W1", "3");
        assertThat(steps(answer))
                .containsExactly("guard", "understand", "policy", "choose", "retrieve", "policy", "word", "verify");
    }

    @Test
    void storesTheTurnBeforeItAnswers() throws Exception {
        Assistant assistant = assistant();

        Answer answer = get(assistant.ask("c", ANNA, "status W1"));

        assertThat(get(assistant.turns("c"))).singleElement().satisfies(turn -> {
            assertThat(turn.sequence()).isEqualTo(1);
            assertThat(turn.question()).isEqualTo("status W1");
            assertThat(turn.who()).isEqualTo(ANNA);
            assertThat(turn.answer()).isEqualTo(answer);
        });
    }

    @Test
    void neverSaysWhatNoFactSupports() throws Exception {
        knowledge.sentence("unknown", "I do not know.");
        Assistant assistant = assistant();

        Answer answer = get(assistant.ask("c", ANNA, "lie W1"));

        assertThat(answer.text()).isEqualTo("I do not know.");
        assertThat(answer.path()).isEqualTo(Answer.Path.REFUSAL);
    }

    @Test
    void refusesInTheBusinessesWordsWhatThePolicyDenies() throws Exception {
        knowledge.sentence("access.sign-in", "Please sign in first.");
        Assistant assistant = assistant(
                builder -> builder.policy(policy(PolicyRequest.ACCESS, Decision.Outcome.DENY, "access.sign-in")));

        Answer answer = get(assistant.ask("c", ANNA, "status W1"));

        assertThat(answer.text()).isEqualTo("Please sign in first.");
        assertThat(answer.path()).isEqualTo(Answer.Path.REFUSAL);
        assertThat(answer.evidence().decisions()).hasSize(1);
        assertThat(answer.evidence().retrieval().facts()).isEmpty();
        assertThat(steps(answer)).doesNotContain("retrieve");
    }

    @Test
    void findsADenialWhereverItStands() throws Exception {
        Assistant assistant = assistant(builder -> builder.policy(rules(request -> List.of(
                new Decision("first", Decision.Outcome.ALLOW, "ok", Map.of(), List.of()),
                new Decision("second", Decision.Outcome.DENY, "no", Map.of(), List.of())))));

        Answer answer = get(assistant.ask("c", ANNA, "status W1"));

        assertThat(answer.text()).isEqualTo("I am not able to help with that here.");
    }

    @Test
    void handsOverInBuiltInWordsWhenTheBusinessHasNone() throws Exception {
        Assistant assistant = assistant(
                builder -> builder.policy(policy(PolicyRequest.ACCESS, Decision.Outcome.HAND_OVER, "access.anger")));

        Answer answer = get(assistant.ask("c", ANNA, "请问 W1 在哪里"));

        assertThat(answer.text()).isEqualTo("这个问题需要由我们的同事来为您处理。");
        assertThat(answer.path()).isEqualTo(Answer.Path.REFUSAL);
    }

    @Test
    void asksThePolicyAboutTheTopicWithTheFacts() throws Exception {
        List<PolicyRequest> asked = new CopyOnWriteArrayList<>();
        Assistant assistant = assistant(builder -> builder.policy(rules(request -> {
            asked.add(request);
            return List.of();
        })));

        get(assistant.ask("c", ANNA, "cancel W1"));

        assertThat(asked).extracting(PolicyRequest::topic).containsExactly("access", "order");
        assertThat(asked.getLast().facts()).hasSize(1);
        assertThat(asked.getLast().mentions()).extracting(Mention::id).containsExactly("W1");
    }

    @Test
    void countsADeniedTopicAsARefusal() throws Exception {
        Assistant assistant =
                assistant(builder -> builder.policy(policy("order", Decision.Outcome.DENY, "cancel.not-pending")));

        Answer answer = get(assistant.ask("c", ANNA, "cancel W1"));

        assertThat(answer.path()).isEqualTo(Answer.Path.REFUSAL);
        assertThat(answer.text()).isEqualTo("Order W1 of c has 3 items.");
    }

    @Test
    void saysWhenTheKnowledgeHoldsNothing() throws Exception {
        Assistant assistant = assistant();

        Answer absent = get(assistant.ask("c", ANNA, "absent W1"));
        Answer unread = get(assistant.ask("c", ANNA, "hello there"));

        assertThat(absent.text()).isEqualTo("That is not in my books.");
        assertThat(absent.path()).isEqualTo(Answer.Path.REFUSAL);
        assertThat(unread.text()).isEqualTo("I am sorry, I do not know that.");
        assertThat(unread.path()).isEqualTo(Answer.Path.REFUSAL);
    }

    @Test
    void asksForWhatIsMissingAndTakesItFromTheNextTurn() throws Exception {
        knowledge.sentence("clarify.order", "Which order?");
        Assistant assistant = assistant();

        Answer question = get(assistant.ask("c", ANNA, "cancel my order"));
        Answer answer = get(assistant.ask("c", ANNA, "it is W7"));

        assertThat(question.text()).isEqualTo("Which order?");
        assertThat(answer.evidence().intent()).isEqualTo("order.cancel");
        assertThat(answer.text()).contains("W7");
        assertThat(notes(answer, "choose")).containsExactly("asked back before: order.cancel");
    }

    @Test
    void letsTheCustomerChangeTheSubjectAfterAQuestionBack() throws Exception {
        Assistant assistant = assistant();

        get(assistant.ask("c", ANNA, "cancel my order"));
        Answer answer = get(assistant.ask("c", ANNA, "what is the status of W7?"));

        assertThat(answer.evidence().intent()).isEqualTo("order.status");
    }

    @Test
    void readsQuestionsInTheLightOfEarlierTurns() throws Exception {
        Assistant assistant = assistant();

        get(assistant.ask("c", ANNA, "status W1"));
        get(assistant.ask("c", ANNA, "status W2"));
        Answer answer = get(assistant.ask("c", ANNA, "cancel it"));

        assertThat(answer.text()).contains("W2");
        assertThat(knowledge.focuses().getLast().mentions())
                .extracting(Mention::id)
                .containsExactly("W2", "W1");
    }

    @Test
    void keepsTheLanguageWhenAMessageHasNoWords() throws Exception {
        Assistant assistant = assistant();

        get(assistant.ask("c", ANNA, "我想查询订单"));
        Answer answer = get(assistant.ask("c", ANNA, "W1 #2"));

        assertThat(answer.language()).isEqualTo(Language.CHINESE);
    }

    @Test
    void isNotBuiltWithoutAPolicy() {
        Assistant.Builder builder = Assistant.builder(vertx).knowledge(knowledge);

        Assertions.assertThatExceptionOfType(QuipuException.class)
                .isThrownBy(builder::build)
                .withMessageContaining("no policy");
    }
}
