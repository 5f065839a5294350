package dev.quipu.training.internal.ggml;

/** Operations on tensors, named after ggml's. Each refuses what ggml would assert. */
public final class Ops {
    private final Ggml ggml;
    private final long context;

    Ops(Ggml ggml, long context) {
        this.ggml = ggml;
        this.context = context;
    }

    /** For each column of {@code b} the product with each row of {@code a}: (k, n) and (k, m) to (n, m). */
    public Tensor mulMat(Tensor a, Tensor b) {
        require(
                a.dimension(0) == b.dimension(0)
                        && b.dimension(2) % a.dimension(2) == 0
                        && b.dimension(3) % a.dimension(3) == 0
                        && !a.transposed()
                        && b.type() == Types.F32
                        && b.stride(0) == 4,
                "mul_mat",
                a,
                b);
        return two("ggml_mul_mat", a, b);
    }

    /** The sum over rows of outer products: (n, k) and (m, k) to (n, m). */
    public Tensor outProd(Tensor a, Tensor b) {
        require(
                a.dimension(1) == b.dimension(1)
                        && a.dimension(2) == b.dimension(2)
                        && a.dimension(3) == b.dimension(3)
                        && a.type() == Types.F32
                        && b.type() == Types.F32
                        && a.stride(0) == 4,
                "out_prod",
                a,
                b);
        return two("ggml_out_prod", a, b);
    }

    public Tensor add(Tensor a, Tensor b) {
        return two("ggml_add", a, repeatable(a, b));
    }

    /** Adds into {@code a}'s own memory. */
    public Tensor addInPlace(Tensor a, Tensor b) {
        return two("ggml_add_inplace", a, repeatable(a, b));
    }

    public Tensor sub(Tensor a, Tensor b) {
        return two("ggml_sub", a, repeatable(a, b));
    }

    public Tensor mul(Tensor a, Tensor b) {
        return two("ggml_mul", a, repeatable(a, b));
    }

    public Tensor scale(Tensor a, float factor) {
        require(a.contiguous(), "scale", a, a);
        return tensor(ggml.number("ggml_scale", "pppf", context, a.address(), factor));
    }

    /** {@code a * factor + offset}. */
    public Tensor scale(Tensor a, float factor, float offset) {
        require(a.contiguous(), "scale_bias", a, a);
        return tensor(ggml.number("ggml_scale_bias", "pppff", context, a.address(), factor, offset));
    }

    public Tensor silu(Tensor a) {
        return unary("ggml_silu", a);
    }

    public Tensor tanh(Tensor a) {
        return unary("ggml_tanh", a);
    }

    public Tensor sqr(Tensor a) {
        return unary("ggml_sqr", a);
    }

    /** The gradient of {@code silu(x)} for the gradient of its result. */
    public Tensor siluBack(Tensor gradient, Tensor x) {
        require(same(gradient, x) && gradient.contiguous() && x.contiguous(), "silu_back", gradient, x);
        return two("ggml_silu_back", gradient, x);
    }

    /** {@code silu(gate) * up}. */
    public Tensor swiglu(Tensor gate, Tensor up) {
        require(same(gate, up) && gate.contiguous() && up.contiguous(), "swiglu", gate, up);
        return two("ggml_swiglu_split", gate, up);
    }

    public Tensor rmsNorm(Tensor a, float epsilon) {
        require(a.type() == Types.F32 && a.stride(0) == 4, "rms_norm", a, a);
        return tensor(ggml.number("ggml_rms_norm", "pppf", context, a.address(), epsilon));
    }

    /** The gradient of {@code rmsNorm(x)} for the gradient of its result. */
    public Tensor rmsNormBack(Tensor gradient, Tensor x, float epsilon) {
        require(same(gradient, x) && gradient.contiguous() && x.contiguous(), "rms_norm_back", gradient, x);
        return tensor(ggml.number("ggml_rms_norm_back", "ppppf", context, gradient.address(), x.address(), epsilon));
    }

    /** The softmax of {@code a * scale + mask} over dimension 0. */
    public Tensor softMax(Tensor a, Tensor mask, float scale) {
        require(
                a.contiguous()
                        && mask.contiguous()
                        && mask.type() == Types.F32
                        && mask.dimension(0) == a.dimension(0)
                        && mask.dimension(1) >= a.dimension(1)
                        && a.dimension(2) % mask.dimension(2) == 0
                        && a.dimension(3) % mask.dimension(3) == 0,
                "soft_max",
                a,
                mask);
        return tensor(ggml.number("ggml_soft_max_ext", "ppppff", context, a.address(), mask.address(), scale, 0f));
    }

    public Tensor softMax(Tensor a) {
        require(a.contiguous() && a.type() == Types.F32, "soft_max", a, a);
        return tensor(ggml.number("ggml_soft_max", "ppp", context, a.address()));
    }

    /** The gradient of {@code a} in {@code softMax(a, mask, scale)} for its result and the gradient of that. */
    public Tensor softMaxBack(Tensor gradient, Tensor result, float scale) {
        require(
                same(gradient, result) && gradient.contiguous() && result.contiguous(),
                "soft_max_back",
                gradient,
                result);
        return tensor(ggml.number(
                "ggml_soft_max_ext_back", "ppppff", context, gradient.address(), result.address(), scale, 0f));
    }

    /** Rows of a matrix by index, as F32. */
    public Tensor getRows(Tensor a, Tensor rows) {
        require(
                rows.type() == Types.I32
                        && rows.dimension(3) == 1
                        && a.dimension(2) == rows.dimension(1)
                        && a.dimension(3) == rows.dimension(2),
                "get_rows",
                a,
                rows);
        return two("ggml_get_rows", a, rows);
    }

    /** Turns pairs of numbers by their token's position. */
    public Tensor rope(Tensor a, Tensor positions, Rope rope) {
        return rope("ggml_rope_ext", a, positions, rope);
    }

    /** Turns them back, which is the gradient. */
    public Tensor ropeBack(Tensor a, Tensor positions, Rope rope) {
        return rope("ggml_rope_ext_back", a, positions, rope);
    }

    private Tensor rope(String name, Tensor a, Tensor positions, Rope rope) {
        long factors = rope.factors().map(Tensor::address).orElse(0L);
        require(
                positions.type() == Types.I32
                        && positions.dimension(0) == a.dimension(2)
                        && positions.elements() == a.dimension(2)
                        && rope.dimensions() <= a.dimension(0)
                        && rope.dimensions() % 2 == 0
                        && a.type() == Types.F32
                        && a.stride(0) == 4
                        && rope.factors()
                                .map(f -> f.type() == Types.F32 && f.dimension(0) >= rope.dimensions() / 2)
                                .orElse(true),
                name,
                a,
                positions);
        return tensor(ggml.number(
                name,
                "pppppiiiffffff",
                context,
                a.address(),
                positions.address(),
                factors,
                rope.dimensions(),
                rope.mode(),
                0,
                rope.base(),
                rope.scale(),
                0f,
                1f,
                32f,
                1f));
    }

    /** Sums what {@code repeat} would have spread from the shape of {@code like}. */
    public Tensor repeatBack(Tensor a, long... shape) {
        for (int i = 0; i < 4; i++) {
            require(a.dimension(i) % shape[i] == 0, "repeat_back", a, a);
        }
        Tensor like = tensor(ggml.number(
                "ggml_new_tensor_4d", "ppillll", context, Types.F32, shape[0], shape[1], shape[2], shape[3]));
        return two("ggml_repeat_back", a, like);
    }

    /** The sum of each row: (n, m) to (1, m). */
    public Tensor sumRows(Tensor a) {
        require(a.type() == Types.F32 && a.stride(0) == 4, "sum_rows", a, a);
        return unary("ggml_sum_rows", a);
    }

    /** Joins two tensors along a dimension. */
    public Tensor concat(Tensor a, Tensor b, int along) {
        for (int i = 0; i < 4; i++) {
            require(i == along || a.dimension(i) == b.dimension(i), "concat", a, b);
        }
        require(a.type() == b.type(), "concat", a, b);
        return tensor(ggml.number("ggml_concat", "ppppi", context, a.address(), b.address(), along));
    }

    /** The transposed matrix, in memory of its own. */
    public Tensor transposed(Tensor a) {
        return unary("ggml_cont", unary("ggml_transpose", a));
    }

    /** The same numbers with dimension {@code i} moved to {@code order[i]}, in memory of its own. */
    public Tensor permuted(Tensor a, int... order) {
        return unary(
                "ggml_cont",
                tensor(ggml.number(
                        "ggml_permute", "pppiiii", context, a.address(), order[0], order[1], order[2], order[3])));
    }

    /** The same numbers seen as another shape. */
    public Tensor reshape(Tensor a, long... dimensions) {
        long[] four = {1, 1, 1, 1};
        System.arraycopy(dimensions, 0, four, 0, dimensions.length);
        require(a.contiguous() && four[0] * four[1] * four[2] * four[3] == a.elements(), "reshape", a, a);
        return tensor(
                ggml.number("ggml_reshape_4d", "pppllll", context, a.address(), four[0], four[1], four[2], four[3]));
    }

    /** Some of a matrix's rows, without a copy. */
    public Tensor rows(Tensor a, long first, long count) {
        require(first >= 0 && count > 0 && first + count <= a.dimension(1), "view", a, a);
        return tensor(ggml.number(
                "ggml_view_2d",
                "pppllll",
                context,
                a.address(),
                a.dimension(0),
                count,
                a.stride(1),
                first * a.stride(1)));
    }

    /** Some of a vector's numbers, without a copy. */
    public Tensor part(Tensor a, long first, long count) {
        require(first >= 0 && count > 0 && first + count <= a.dimension(0), "view", a, a);
        return tensor(ggml.number("ggml_view_1d", "pppll", context, a.address(), count, first * a.stride(0)));
    }

    public Tensor cast(Tensor a, int type) {
        return tensor(ggml.number("ggml_cast", "pppi", context, a.address(), type));
    }

    /** Copies into another tensor, changing the type on the way. */
    public Tensor copy(Tensor from, Tensor to) {
        require(from.elements() == to.elements() && from.contiguous(), "cpy", from, to);
        return two("ggml_cpy", from, to);
    }

    /** Adds rows to those of zeros that the indices say, in the shape of another: what takes {@code getRows} back. */
    public Tensor rowsBack(Tensor rows, Tensor indices, Tensor like) {
        require(
                rows.type() == Types.F32
                        && rows.contiguous()
                        && rows.dimension(0) == like.dimension(0)
                        && indices.type() == Types.I32
                        && indices.elements() == rows.dimension(1)
                        && like.dimension(2) == 1
                        && like.dimension(3) == 1,
                "get_rows_back",
                rows,
                like);
        return tensor(
                ggml.number("ggml_get_rows_back", "ppppp", context, rows.address(), indices.address(), like.address()));
    }

    /** A step of AdamW on a weight; the settings are rate, beta1, beta2, epsilon, decay and the two bias corrections. */
    public Tensor adamW(Tensor weight, Tensor gradient, Tensor first, Tensor second, Tensor settings) {
        require(
                same(weight, gradient) && same(weight, first) && same(weight, second),
                "opt_step_adamw",
                weight,
                gradient);
        require(settings.type() == Types.F32 && settings.elements() == 7, "opt_step_adamw", weight, settings);
        ggml.call("ggml_set_param", "vp", weight.address());
        return tensor(ggml.number(
                "ggml_opt_step_adamw",
                "ppppppp",
                context,
                weight.address(),
                gradient.address(),
                first.address(),
                second.address(),
                settings.address()));
    }

    private Tensor unary(String name, Tensor a) {
        return tensor(ggml.number(name, "ppp", context, a.address()));
    }

    private Tensor two(String name, Tensor a, Tensor b) {
        return tensor(ggml.number(name, "pppp", context, a.address(), b.address()));
    }

    private static Tensor tensor(long address) {
        return new Tensor(address);
    }

    private static boolean same(Tensor a, Tensor b) {
        return a.dimensions().equals(b.dimensions());
    }

    private static Tensor repeatable(Tensor a, Tensor b) {
        for (int i = 0; i < 4; i++) {
            require(a.dimension(i) % b.dimension(i) == 0, "elementwise", a, b);
        }
        require(a.type() == Types.F32 && b.type() == Types.F32 && b.stride(0) == 4, "elementwise", a, b);
        return b;
    }

    private static void require(boolean holds, String operation, Tensor a, Tensor b) {
        if (!holds) {
            throw new IllegalArgumentException(operation + " of " + a + " and " + b);
        }
    }
}
