package dev.quipu.training.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Cuts lines out of documents that stand on every page: notices of scripts, cookies, terms and rights (Raffel et al., C4,
 * 2020, whose list this extends by its Chinese counterparts). Longer lines are text that speaks of such a thing.
 */
final class Boilerplate {
    private static final int LONG = 160;
    private static final List<String> SIGNS = List.of(
            "javascript",
            "cookie",
            "terms of use",
            "terms of service",
            "privacy policy",
            "all rights reserved",
            "copyright ©",
            "copyright (c)",
            "skip to content",
            "skip to main",
            "share this",
            "back to top",
            "版权所有",
            "备案",
            "icp备",
            "icp证",
            "转载请注明",
            "未经授权",
            "免责声明",
            "隐私政策",
            "用户协议",
            "返回顶部",
            "分享到",
            "上一篇",
            "下一篇");

    private Boilerplate() {}

    /** The same text where there is nothing to cut. */
    static String cut(String text) {
        return text.lines().noneMatch(Boilerplate::isSign)
                ? text
                : text.lines()
                        .filter(line -> !isSign(line))
                        .collect(Collectors.joining("\n"))
                        .strip();
    }

    private static boolean isSign(String line) {
        if (line.length() > LONG) {
            return false;
        }
        String lower = line.toLowerCase(Locale.ROOT);
        return SIGNS.stream().anyMatch(lower::contains);
    }
}
