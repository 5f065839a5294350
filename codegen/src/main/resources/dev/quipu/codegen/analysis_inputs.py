# ---- inputs to compare candidates on -----------------------------------------------------------------------------

def variants(value, draw, sign):
    """Values like one that was given: of its type, its sign where that never varies, about its size."""
    kind = type(value)
    if kind is bool:
        return [not value]
    if kind is int:
        near = [value + 1, value - 1, value * 2, value // 2, 0, 1, 2, draw.randint(0, max(10, abs(value) * 2)), draw.randint(0, 100)]
        if sign:
            near += [-value, -1, -draw.randint(1, 50)]
        return near if sign else [v for v in near if v >= 0]
    if kind is float:
        near = [value + 1, value / 2, value * 3, round(draw.uniform(0, 100), 2), 0.0, float(int(value))]
        return near + [-value] if sign else [v for v in near if v >= 0]
    if kind is str:
        if not value:
            return []
        shuffled = list(value)
        draw.shuffle(shuffled)
        words = value.split(" ")
        out = ["", value[::-1], value + value, value[:len(value) // 2], value[1:], value[0], "".join(shuffled), value + value[0]]
        if any(c.isalpha() for c in value):
            out += [value.swapcase()] if value.lower() != value and value.upper() != value else []
        if len(words) > 1:
            draw.shuffle(words)
            out += [" ".join(words), " ".join(words[1:])]
        i = draw.randrange(len(value))
        return out + [value[:i] + draw.choice(value) + value[i + 1:], value[:i] + value[i + 1:]]
    if kind in (list, tuple):
        items = list(value)
        out = [[], items[::-1], items + items, items[:1], items[1:], items[:-1], sorted(items, key=repr)]
        for _ in range(3):
            if items:
                changed, i = list(items), draw.randrange(len(items))
                options = variants(items[i], draw, sign)
                if options:
                    changed[i] = draw.choice(options)
                    out.append(changed)
                    out.append(items + [draw.choice(options)])
        if items:
            shuffled = list(items)
            draw.shuffle(shuffled)
            out.append(shuffled)
        return [kind(v) for v in out]
    if kind is dict:
        out = [{}]
        for k in list(value)[:3]:
            out.append({a: b for a, b in value.items() if a != k})
            options = variants(value[k], draw, sign)
            if options:
                out.append({**value, k: draw.choice(options)})
        return out
    if kind in (set, frozenset):
        return [kind(list(value)[:-1]), kind()]
    return []


def of_annotation(text, draw):
    """A value for a parameter that has no example, by its annotation or, without one, a guess."""
    text = text.replace("typing.", "").strip()
    simple = {"int": [0, 1, 2, 5, 7, 10, 12, 25, 100], "float": [0.0, 0.5, 1.5, 3.0, 10.25], "bool": [True, False],
              "str": ["", "a", "abc", "hello world", "Racecar", "a1b2", "AbCd"]}
    if text in simple:
        return draw.choice(simple[text])
    m = re.match(r"(?:List|list|Sequence|Iterable)\[(.*)\]$", text)
    if m:
        return [of_annotation(m.group(1), draw) for _ in range(draw.randint(0, 6))]
    if text in ("list", "List"):
        return [draw.randint(0, 20) for _ in range(draw.randint(0, 6))]
    m = re.match(r"(?:Dict|dict)\[([^,]+),(.*)\]$", text)
    if m:
        return {of_annotation(m.group(1), draw): of_annotation(m.group(2), draw) for _ in range(draw.randint(0, 3))}
    return None


def negative(value):
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value < 0
    if isinstance(value, dict):
        return any(map(negative, list(value) + list(value.values())))
    return isinstance(value, (list, tuple, set, frozenset)) and any(map(negative, value))


def inputs(request):
    """Argument lists near those of the examples, or by the annotations where there are none."""
    draw, wanted = random.Random(request.get("seed", 1)), request.get("count", 40)
    known, keywords = [], []
    for text in request["args"]:
        try:
            node = ast.parse(f"f({text})", mode="eval").body
            if not node.keywords:
                known.append([constant(a) for a in node.args])
        except UNREADABLE:
            continue
    found, seen = [], set(request["args"])

    def add(values):
        text = ", ".join(map(repr, values))
        if text not in seen and len(text) < 2000:
            seen.add(text)
            found.append(text)

    sign = any(negative(values) for values in known)
    rounds = 0
    while known and len(found) < wanted and rounds < 40:
        rounds += 1
        for values in known:
            changed = list(values)
            for i in ([draw.randrange(len(values))] if values and draw.random() < 0.7 else range(len(values))):
                # Values of the other examples at the same place keep arguments in step with each other.
                options = variants(values[i], draw, sign) + [k[i] for k in known if len(k) > i]
                if options:
                    changed[i] = draw.choice(options)
            add(changed)
    annotations = request.get("annotations", [])
    if not known and annotations and all(annotations):
        for _ in range(wanted * 3):
            values = [of_annotation(a, draw) for a in annotations]
            if None not in values and len(found) < wanted:
                add(values)
    return {"inputs": found[:wanted]}


# ---- tests that a model wrote ------------------------------------------------------------------------------------

def assertions(request):
    """Checks of the form assert f(…) == …, each one by itself, out of a reply."""
    reply, entry, out = request["reply"], request["entry"], []
    bodies = [textwrap.dedent(b) for _, b in FENCE.findall(reply)] or [reply]
    for line in "\n".join(bodies).splitlines():
        line = line.strip()
        tree = parsed(line)
        if tree is None and line.startswith("assert"):
            tree = parsed(line.split("#")[0])
        if tree is None or len(tree.body) != 1 or not isinstance(tree.body[0], ast.Assert):
            continue
        test = tree.body[0].test
        try:
            if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], (ast.Eq, ast.Is)):
                call, expected = test.left, constant(test.comparators[0])
            elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
                call, expected = test.operand, False
            else:
                call, expected = test, True
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == entry:
                args, kwargs = arguments(call)
                inside = ", ".join([repr(a) for a in args] + [f"{k}={v!r}" for k, v in kwargs.items()])
                if inside not in [o["args"] for o in out]:
                    out.append({"args": inside, "expected": repr(expected), "raises": ""})
        except UNREADABLE:
            continue
    return {"examples": out[:20]}


def names(request):
    """What a source of tests defines and lacks."""
    source = request["source"]
    try:
        tree = ast.parse(source)
        compile(source, "test_solution.py", "exec", dont_inherit=True)
    except UNREADABLE as e:
        return {"code": "", "fault": {"line": getattr(e, "lineno", 0) or 0, "message": f"{type(e).__name__}: {getattr(e, 'msg', None) or e}"[:300],
                                      "text": (getattr(e, "text", "") or "").rstrip()[:200]}}
    return {"code": source, "defined": defined(tree), "undefined": undefined(source), "absent": absent_modules(tree)}
