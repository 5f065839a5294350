package dev.quipu.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiltersTest {
    private static Optional<Finding> check(Content content) {
        Row row = new Row(content, "", "here");
        Reading reading = Reading.of(row.text());
        return Filters.standard().stream()
                .flatMap(filter -> filter.check(row, reading).stream())
                .findFirst();
    }

    private static String reason(Content content) {
        return check(content).map(Finding::reason).orElse("good");
    }

    /** Labelled by hand. */
    @Test
    void tellsTicketsFromAdvertisingCodeAndRepetition() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : labelled()) {
            String[] parts = line.split("\t", 2);
            String found = reason(new Content.Completion("", parts[1].replace("\\n", "\n")));
            if (!found.equals(parts[0])) {
                wrong.add(found + " for " + line);
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static List<String> labelled() throws IOException {
        try (InputStream in = Objects.requireNonNull(FiltersTest.class.getResourceAsStream("labelled.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void wantsAnAnswer() {
        Content asked = new Content.Chat(List.of(new Message(Message.Role.USER, "Hello?")));
        Content turned = new Content.Chat(List.of(
                new Message(Message.Role.ASSISTANT, "How can I help?"), new Message(Message.Role.USER, "Hello?")));

        assertThat(reason(asked)).isEqualTo("no answer");
        assertThat(reason(turned)).isEqualTo("no answer");
        assertThat(reason(new Content.Completion("p", " "))).isEqualTo("no answer");
    }

    @Test
    void takesAShortAnswerForGoodButNoShortDocument() {
        assertThat(reason(RowJson.pair("Is it waterproof?", "Yes."))).isEqualTo("good");
        assertThat(reason(new Content.Document("Yes."))).isEqualTo("not like text");
    }

    @Test
    void takesProseForGoodInBothLanguages() {
        String english = """
                The return policy of our store is simple. You have thirty days to send an item back, and we pay for the way
                back if the fault is ours. Items that were worn outside cannot be returned, but they can be repaired in our
                workshop for a small fee. Please keep the receipt with the parcel, because we have to find your order by it.
                Refunds arrive within five working days on the card that was used to pay, and you will get a message.""";
        String chinese = """
                我们的退货政策很简单。收到商品后三十天内可以退货，如果是质量问题，退回的运费由我们承担。已经在户外使用过的商品不能退货，
                但是可以送到我们的维修部修理，只收很少的费用。请把小票和包裹放在一起，因为我们要用它来查找您的订单。退款会在五个工作日内
                回到您付款时使用的银行卡上，届时您会收到一条短信。如果您还有其他的问题，请随时和我们的客服联系，我们很乐意帮助您。""";

        assertThat(check(new Content.Document(english))).isEmpty();
        assertThat(check(new Content.Document(chinese))).isEmpty();
    }

    @Test
    void findsAMenuInPlaceOfText() {
        String menu = """
                Home and news
                Tents for two
                Tents with porch
                Backpacks
                Hiking shoes
                Rain jackets
                Maps of the Alps
                Cooking outdoors
                Lamps, torches
                Ropes to climb
                Knives
                Have a look
                About us
                Our workshop
                Visit a store
                Jobs
                Contact the team
                Ways of delivery
                Returning goods
                Gift cards
                Size charts
                Blog
                Events near you
                Membership
                Sign in
                Create account
                Wish list
                Basket (0)
                Language
                Sitemap
                """;

        assertThat(reason(new Content.Document(menu))).isEqualTo("no running text");
    }

    @ParameterizedTest
    @CsvSource({
        "Where is my order? I have not received it.,en",
        "我的订单在哪里？还没有收到 Rain Jacket,zh",
        "Wo ist meine Bestellung? Ich habe sie nicht bekommen.,de",
        "Où est ma commande ? Je ne l'ai pas reçue et je suis pressé.,fr",
        "注文した商品がまだ届いていません。,ja",
        "주문이 아직 도착하지 않았어요,ko",
        "Где мой заказ?,ru",
        "SKU 4711 XL,und",
    })
    void seesTheLanguage(String text, String language) {
        assertThat(Tongue.of(text)).isEqualTo(language);
    }

    @Test
    void leavesOutOtherLanguagesWhereTheyShow() {
        RowFilter filter = Filters.languages(Set.of("en", "zh"));
        Row german = new Row(new Content.Document("Wo ist meine Bestellung? Ich habe sie nicht bekommen."), "", "");
        Row unclear = new Row(new Content.Document("SKU 4711 XL"), "", "");

        assertThat(filter.check(german, Reading.of(german.text()))).isPresent();
        assertThat(filter.check(unclear, Reading.of(unclear.text()))).isEmpty();
    }

    @Test
    void refusesToSwitchOffWhatIsNoFilter() {
        assertThat(Filters.without(Set.of("code"))).extracting(RowFilter::name).doesNotContain("code");
        assertThatThrownBy(() -> Filters.without(Set.of("cod"))).hasMessageStartingWith("QP-DATA-003");
    }
}
