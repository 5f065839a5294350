package dev.quipu.training.data;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Texts that sell. One such phrase may stand in a good answer of a shop; several, or one in a short text that also has a link
 * or shouts, make an advertisement.
 */
final class Advertising {
    private static final List<String> PHRASES = List.of(
            "buy now",
            "order now",
            "shop now",
            "act now",
            "click here",
            "click the link",
            "limited time",
            "limited offer",
            "special offer",
            "best price",
            "lowest price",
            "money back guarantee",
            "100% guaranteed",
            "100% free",
            "risk free",
            "risk-free",
            "no obligation",
            "free trial",
            "free gift",
            "subscribe now",
            "sign up now",
            "call now",
            "call today",
            "make money",
            "earn money",
            "extra income",
            "work from home",
            "double your",
            "casino",
            "viagra",
            "weight loss",
            "follow us on",
            "use code",
            "use promo",
            "promo code",
            "don't miss",
            "hurry",
            "while supplies last",
            "satisfaction guaranteed",
            "unsubscribe",
            "exclusive deal",
            "sponsored",
            "加微信",
            "加我微信",
            "微信号",
            "扫码",
            "扫一扫",
            "关注公众号",
            "点击链接",
            "点击领取",
            "立即购买",
            "立即抢购",
            "马上抢购",
            "限时优惠",
            "限时抢购",
            "限时特价",
            "免费领取",
            "免费试用",
            "优惠券",
            "领券",
            "低至",
            "全网最低",
            "包邮",
            "秒杀",
            "代开发票",
            "办证",
            "贷款",
            "日赚",
            "月入",
            "兼职",
            "刷单",
            "加盟",
            "招商",
            "诚招",
            "回馈新老客户",
            "买一送一",
            "咨询热线",
            "欢迎来电",
            "返利",
            "博彩",
            "棋牌",
            "推广");
    private static final int MANY = 3;
    private static final int SHORT = 200;

    private Advertising() {}

    static Optional<Finding> find(Reading reading) {
        String text = reading.text().toLowerCase(Locale.ROOT);
        Set<String> found = new LinkedHashSet<>();
        for (String phrase : PHRASES) {
            if (text.contains(phrase)) {
                found.add(phrase);
            }
        }
        int pushes = (text.contains("http://") || text.contains("https://") || text.contains("www.") ? 1 : 0)
                + (text.contains("!!") || text.contains("！！") ? 1 : 0)
                + (shouted(reading.text()) ? 1 : 0);
        boolean sells = found.size() >= MANY
                || (found.size() == 2 && (pushes > 0 || text.length() < SHORT / 2))
                || (found.size() == 1 && pushes >= 2 && text.length() < SHORT);
        return sells ? Optional.of(new Finding("advertising", "phrases " + found)) : Optional.empty();
    }

    /** A third of its letters are capitals. */
    private static boolean shouted(String text) {
        long letters = text.chars()
                .filter(c -> Character.isUpperCase(c) || Character.isLowerCase(c))
                .count();
        return letters >= 20 && text.chars().filter(Character::isUpperCase).count() * 3 > letters;
    }
}
