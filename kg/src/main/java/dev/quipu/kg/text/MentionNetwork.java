package dev.quipu.kg.text;

import dev.quipu.kg.network.Csr;
import org.jspecify.annotations.Nullable;

/**
 * The network of passages and entities; an edge weighs as its entity is rare. It is made when the first search walks it,
 * so that many small changes in a row make it once.
 */
final class MentionNetwork {
    private static final float TITLE_WEIGHT = 3;

    private final Mentions mentions;
    private final int places;
    private final int count;
    private volatile @Nullable Csr made;

    /** @param count how many passages there are */
    MentionNetwork(Mentions mentions, int places, int count) {
        this.mentions = mentions;
        this.places = places;
        this.count = count;
    }

    Csr csr() {
        Csr known = made;
        if (known == null) {
            // Two searches at once may both make it, which is dear but right.
            known = build();
            made = known;
        }
        return known;
    }

    private Csr build() {
        int edges = 0;
        for (int e = 0; e < mentions.entities(); e++) {
            edges += connects(e) ? mentions.mentionedIn(e).length + mentions.titledBy(e).length : 0;
        }
        int[] from = new int[edges];
        int[] to = new int[edges];
        float[] weights = new float[edges];
        int next = 0;
        for (int e = 0; e < mentions.entities(); e++) {
            if (connects(e)) {
                next = add(mentions.mentionedIn(e), e, 1, next, from, to, weights);
                next = add(mentions.titledBy(e), e, TITLE_WEIGHT, next, from, to, weights);
            }
        }
        return Csr.of(places + mentions.entities(), from, to, weights);
    }

    private boolean connects(int entity) {
        return mentions.mentionedIn(entity).length > 1 || mentions.titledBy(entity).length > 0;
    }

    private int add(int[] passages, int entity, float factor, int at, int[] from, int[] to, float[] weights) {
        int next = at;
        float weight = factor * (float) Math.log(1 + (double) count / passages.length);
        for (int passage : passages) {
            from[next] = passage;
            to[next] = places + entity;
            weights[next++] = weight;
        }
        return next;
    }
}
