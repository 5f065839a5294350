package dev.quipu.kg.text;

import java.util.function.IntPredicate;

/** The indexes of the largest numbers of an array, best first; of equal ones the lower index. */
final class TopFloats {
    private TopFloats() {}

    static int[] of(float[] values, int most, IntPredicate allowed) {
        int[] heap = new int[Math.min(most, values.length)];
        int size = 0;
        for (int i = 0; i < values.length; i++) {
            boolean room = size < heap.length;
            if (heap.length == 0 || (!room && !better(values, i, heap[0])) || !allowed.test(i)) {
                continue;
            }
            if (room) {
                heap[size++] = i;
                up(values, heap, size - 1);
            } else {
                heap[0] = i;
                down(values, heap, size);
            }
        }
        int[] best = new int[size];
        for (int n = size; n > 0; n--) {
            best[n - 1] = heap[0];
            heap[0] = heap[n - 1];
            down(values, heap, n - 1);
        }
        return best;
    }

    private static boolean better(float[] values, int a, int b) {
        return values[a] > values[b] || (values[a] == values[b] && a < b);
    }

    private static void up(float[] values, int[] heap, int from) {
        int i = from;
        while (i > 0 && better(values, heap[(i - 1) / 2], heap[i])) {
            swap(heap, i, (i - 1) / 2);
            i = (i - 1) / 2;
        }
    }

    private static void down(float[] values, int[] heap, int size) {
        int i = 0;
        while (true) {
            int worst = i;
            for (int child = 2 * i + 1; child <= 2 * i + 2 && child < size; child++) {
                worst = better(values, heap[worst], heap[child]) ? child : worst;
            }
            if (worst == i) {
                return;
            }
            swap(heap, i, worst);
            i = worst;
        }
    }

    private static void swap(int[] heap, int a, int b) {
        int kept = heap[a];
        heap[a] = heap[b];
        heap[b] = kept;
    }
}
