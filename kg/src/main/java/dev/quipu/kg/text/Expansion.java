package dev.quipu.kg.text;

import dev.quipu.kg.network.ForwardPush;
import dev.quipu.kg.text.Candidate.LinkKind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * One step over the graph: from the best candidates along titles and rare entities to their neighbours, and a walk from
 * them over the whole network.
 *
 * <p>A link counts by the standing of the candidate that it comes from, by how few things go by its entity's name, and by
 * what the neighbour adds: the terms of the question that the candidate lacks, and the question's vector without the
 * candidate's part. Entities that the question names lead back to itself and are left out.
 */
final class Expansion {
    private static final int BEAM = 10;
    private static final int NAMESAKES = 20;
    private static final int RARE = 25;
    private static final int MENTIONS = 50;
    private static final int NEAR = 5;
    private static final int SEEDS = 20;
    private static final float ENTITY_MASS = 0.3f;
    private static final float RESTART = 0.5f;
    private static final float BOUND = 1e-6f;
    private static final double FLOOR = 1e-3;
    private static final Set<Feature> OF_LINKS = Set.of(
            Feature.LINKED,
            Feature.LINKS_BACK,
            Feature.SHARES,
            Feature.BACK_RESIDUAL,
            Feature.SHARES_RESIDUAL,
            Feature.SHARES_SENTENCE,
            Feature.LINKED_SIMILAR,
            Feature.RESIDUAL_COSINE);

    private final Asked asked;
    private final Search search;
    private final Snapshot snapshot;
    private final Mentions mentions;

    Expansion(Asked asked, Search search) {
        this.asked = asked;
        this.search = search;
        snapshot = asked.snapshot();
        mentions = snapshot.mentions();
    }

    void run() {
        search.candidates().forEach(c -> OF_LINKS.forEach(f -> c.set(f, 0)));
        List<Candidate> seeds = search.ranked(SEEDS);
        List<Candidate> beam = seeds.subList(0, Math.min(BEAM, seeds.size()));
        beam.forEach(this::follow);
        for (Candidate candidate : search.candidates()) {
            compare(candidate, beam);
        }
        walk(seeds);
    }

    private void follow(Candidate from) {
        int[] entities = mentions.of(from.passage);
        long[] sentences = mentions.sentencesOf(from.passage);
        float[] shares = sentenceShares(from.passage);
        for (int i = 0; i < entities.length; i++) {
            int entity = entities[i];
            if (asked.entities().contains(entity)) {
                continue;
            }
            int[] titled = mentions.titledBy(entity);
            float strength = (float) (1 / Math.sqrt(titled.length));
            for (int t = 0; t < titled.length && t < NAMESAKES; t++) {
                link(from, titled[t], LinkKind.TITLE, entity, strength, 0);
            }
            int spread = mentions.spread(entity);
            if (spread > 1 && spread <= RARE) {
                float share = best(shares, sentences[i]);
                for (int t : mentions.mentionedIn(entity)) {
                    link(from, t, LinkKind.SHARED, entity, (float) (1 / Math.sqrt(spread)), share);
                }
            }
        }
        for (int entity : mentions.titleOf(from.passage)) {
            int[] in = mentions.mentionedIn(entity);
            double strength = 1 / Math.sqrt(mentions.titledBy(entity).length) / Math.max(1, Math.log(2.0 + in.length));
            for (int t = 0; t < in.length && t < MENTIONS; t++) {
                link(from, in[t], LinkKind.BACK, entity, (float) strength, 0);
            }
        }
    }

    private float[] sentenceShares(int passage) {
        int[][] sentences = snapshot.lexicon().sentences(passage);
        float[] shares = new float[sentences.length];
        for (int s = 0; s < shares.length; s++) {
            shares[s] = asked.share(asked.among(sentences[s]));
        }
        return shares;
    }

    private static float best(float[] shares, long sentences) {
        float best = 0;
        for (int s = 0; s < shares.length; s++) {
            best = (sentences & Analysis.bit(s)) == 0 ? best : Math.max(best, shares[s]);
        }
        return best;
    }

    private void link(Candidate from, int passage, LinkKind kind, int entity, float strength, float share) {
        if (passage == from.passage || !asked.allows(passage)) {
            return;
        }
        Candidate to = search.candidate(passage);
        float value = from.standing * strength;
        to.remember(kind, from, entity, value);
        float residual = value * asked.share(to.held & ~from.held);
        switch (kind) {
            case TITLE -> to.raise(Feature.LINKED, value);
            case BACK -> {
                to.raise(Feature.LINKS_BACK, value);
                to.raise(Feature.BACK_RESIDUAL, residual);
            }
            case SHARED -> {
                to.raise(Feature.SHARES, value);
                to.raise(Feature.SHARES_RESIDUAL, residual);
                to.raise(Feature.SHARES_SENTENCE, value * share);
            }
        }
        if (asked.dense()) {
            float near = snapshot.cosine(passage, from.passage);
            float rest = asked.meaning().of(passage) - asked.meaning().of(from.passage) * near;
            to.raise(Feature.RESIDUAL_COSINE, value * rest * 3);
            if (kind == LinkKind.TITLE) {
                to.raise(Feature.LINKED_SIMILAR, value * near);
            }
        }
    }

    private void compare(Candidate candidate, List<Candidate> beam) {
        float near = 0;
        for (int i = 0; i < NEAR && i < beam.size() && asked.dense(); i++) {
            Candidate good = beam.get(i);
            if (good != candidate) {
                near = Math.max(near, snapshot.cosine(candidate.passage, good.passage) * good.standing);
            }
        }
        candidate.set(Feature.NEAR_BEST, near);
        long best = beam.isEmpty() ? 0 : beam.getFirst().held;
        candidate.set(Feature.RESIDUAL, asked.share(candidate.held & ~best));
    }

    private void walk(List<Candidate> seeds) {
        int passages = snapshot.size();
        int named = asked.entities().size();
        int[] nodes = new int[seeds.size() + named];
        float[] mass = new float[nodes.length];
        double all = seeds.stream().mapToDouble(c -> c.standing).sum();
        for (int i = 0; i < seeds.size(); i++) {
            nodes[i] = seeds.get(i).passage;
            mass[i] = (float) (seeds.get(i).standing / all);
        }
        int next = seeds.size();
        for (int entity : asked.entities()) {
            nodes[next] = passages + entity;
            mass[next++] = ENTITY_MASS / named;
        }
        ForwardPush walk = snapshot.borrowWalk();
        walk.run(nodes, mass, RESTART, BOUND, node -> node >= passages || asked.allows(node));
        double[] reached = search.candidates().stream()
                .mapToDouble(c -> walk.mass(c.passage))
                .toArray();
        snapshot.giveBack(walk);
        double most = Math.max(Arrays.stream(reached).max().orElse(0), 1e-12);
        for (int i = 0; i < reached.length; i++) {
            Candidate candidate = search.candidates().get(i);
            candidate.set(Feature.WALK, (float) (reached[i] / most));
            candidate.set(Feature.WALK_LOG, (float) Math.log(FLOOR + reached[i] / most));
        }
    }
}
