package dev.quipu.server.eval;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.quipu.Language;
import dev.quipu.server.eval.QuestionFile.Asked;
import java.util.ArrayList;
import java.util.List;

/** The ways to put a question and its passages to a model that are compared. */
public enum TextPrompt {
    /** Short instructions, records, question. */
    plain {
        @Override
        List<ChatMessage> messages(Asked asked, List<String> passages) {
            return List.of(rules(asked, BRIEF), UserMessage.from(records(asked, passages)));
        }
    },
    /** Instructions that name each kind of answer that small models get wrong. */
    detailed {
        @Override
        List<ChatMessage> messages(Asked asked, List<String> passages) {
            return List.of(rules(asked, BRIEF, CAREFUL), UserMessage.from(records(asked, passages)));
        }
    },
    /** The model first copies the record that decides, then answers. */
    quote {
        @Override
        List<ChatMessage> messages(Asked asked, List<String> passages) {
            return List.of(rules(asked, BRIEF, QUOTE), UserMessage.from(records(asked, passages)));
        }
    },
    /** Short instructions and worked examples of other shops. */
    examples {
        @Override
        List<ChatMessage> messages(Asked asked, List<String> passages) {
            List<ChatMessage> messages = new ArrayList<>();
            messages.add(rules(asked, BRIEF));
            for (Worked worked : chinese(asked) ? CHINESE : ENGLISH) {
                messages.add(UserMessage.from(
                        records(new Asked("", asked.customer(), worked.question()), worked.passages())));
                messages.add(AiMessage.from(worked.answer()));
            }
            messages.add(UserMessage.from(records(asked, passages)));
            return messages;
        }
    };

    private record Worked(List<String> passages, String question, String answer) {}

    private record Said(String english, String chinese) {}

    private static final Said BRIEF = new Said(
            "You are the assistant of an online shop and talk to customer %s. Answer briefly and only from the records."
                    + " If they do not hold the answer, say that you don't know. Never share other customers' data.",
            "你是网店客服，正在和客户 %s 对话。只根据资料简短回答；资料里没有的，就说不知道。不要透露其他客户的信息。");
    private static final Said CAREFUL = new Said(
            " Copy ids, numbers and option values exactly as they stand in the record of the very order or product that is"
                    + " asked about; several look alike. For the cheapest, compare the prices of the variants with available"
                    + " true. For a count, count the entries. For yes or no, begin with Yes or No, and follow the policy and"
                    + " the order's status. An order that is not in the records is not this customer's: say that you cannot"
                    + " share it.",
            " 单号、数字和选项值要与所问订单或商品的记录完全一致，注意不要看错相似的记录。问最便宜的，比较 available true 的款式的价格；问数量，数条目；"
                    + "是非题先答“是”或“否”，依据政策和订单状态。资料里没有的订单不属于该客户：说明无法提供。");
    private static final Said QUOTE = new Said(
            " First write one line 'Record:' with the few words of the record that decide, then one line 'Answer:'.",
            " 先写一行“记录：”，抄下起决定作用的几个词，再写一行“答案：”。");

    private static final List<Worked> ENGLISH = List.of(
            new Worked(
                    List.of(
                            "order #A1: user id kim_1, status shipped, items (name Kettle, price 31.50, options color red)",
                            "order #A2: user id kim_1, status pending, items (name Rug, price 80.00, options color blue)",
                            "Cancelling: Only pending orders can be cancelled."),
                    "Can I cancel order #A1?",
                    "No. Order #A1 is shipped, and only pending orders can be cancelled."),
            new Worked(
                    List.of(
                            "product 77: name Rug, variants (item id 1, available true, price 95.10, options color blue)"
                                    + " (item id 2, available false, price 70.00, options color grey)"
                                    + " (item id 3, available true, price 80.00, options color red)"),
                    "What does your cheapest rug in stock cost?",
                    "The cheapest rug in stock costs $80.00."),
            new Worked(
                    List.of(
                            "product 77: name Rug, variants (item id 1, available true, price 95.10, options color blue)"),
                    "Where was the rug made?",
                    "I don't know; the records do not say where the rug was made."),
            new Worked(
                    List.of("order #A1: user id kim_1, status shipped, items (name Kettle, price 31.50)"),
                    "Where is order #B9?",
                    "I can't share information about order #B9, because it is not one of your orders."));
    private static final List<Worked> CHINESE = List.of(
            new Worked(
                    List.of(
                            "order #A1: user id kim_1, status shipped, items (name Kettle, price 31.50, options color red)",
                            "order #A2: user id kim_1, status pending, items (name Rug, price 80.00, options color blue)"),
                    "订单 #A2 现在是什么状态？",
                    "订单 #A2 的状态是 pending（待处理）。"),
            new Worked(
                    List.of(
                            "product 77: name Rug, variants (item id 1, available true, price 95.10, options color blue)"
                                    + " (item id 2, available false, price 70.00, options color grey)"
                                    + " (item id 3, available true, price 80.00, options color red)"),
                    "有货的 Rug 里最便宜的多少钱？",
                    "有货的 Rug 中最便宜的是 80.00 美元。"),
            new Worked(List.of("order #A1: user id kim_1, status shipped"), "这款地毯是哪里生产的？", "不知道，资料里没有写产地。"));

    /** What the model is told, the question last. */
    abstract List<ChatMessage> messages(Asked asked, List<String> passages);

    private static boolean chinese(Asked asked) {
        return Language.detect(asked.question()) == Language.CHINESE;
    }

    private static SystemMessage rules(Asked asked, Said... parts) {
        StringBuilder text = new StringBuilder();
        for (Said part : parts) {
            text.append(chinese(asked) ? part.chinese() : part.english());
        }
        return SystemMessage.from(String.format(text.toString(), asked.customer()));
    }

    private static String records(Asked asked, List<String> passages) {
        boolean chinese = chinese(asked);
        StringBuilder text = new StringBuilder();
        if (!passages.isEmpty()) {
            text.append(chinese ? "资料：\n" : "Records:\n");
            passages.forEach(p -> text.append("- ").append(p).append('\n'));
        }
        return text.append(chinese ? "问题：" : "Question: ")
                .append(asked.question())
                .toString();
    }
}
