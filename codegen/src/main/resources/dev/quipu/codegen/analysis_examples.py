# ---- the function that is asked for ------------------------------------------------------------------------------

def signature(request):
    """What is asked for: the last function or class of a stub, else what tests or words call."""
    if not request["stub"].strip():
        return from_words(request.get("text", ""), request.get("tests", ""))
    text = request["stub"]
    tree = parsed(text) or parsed(text.rstrip() + "\n    pass\n") or parsed(text.rstrip().rstrip(":") + ":\n    pass\n")
    if tree is None:
        return {"entry": "", "parameters": []}
    nodes = [n for n in tree.body if isinstance(n, FUNCTIONS + (ast.ClassDef,))]
    if not nodes:
        return {"entry": "", "parameters": []}
    empty = [n for n in nodes if isinstance(n, FUNCTIONS) and is_stub(n)]
    node = (empty or nodes)[-1]
    if isinstance(node, ast.ClassDef):
        return {"entry": node.name, "parameters": [], "kind": "class"}
    a = node.args
    return {"entry": node.name, "kind": "function", "parameters": [p.arg for p in a.posonlyargs + a.args],
            "annotations": [ast.unparse(p.annotation) if p.annotation else "" for p in a.posonlyargs + a.args]}


def imported(request):
    """Names that tests take from the code under test."""
    tree = parsed(request["source"])
    return {"names": [a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "solution"
                      for a in n.names] if tree else []}


def from_words(text, tests):
    names = imported({"source": tests})["names"] + [n for n in undefined(tests) if n != "candidate"]
    calls = [(name, node) for name, node, start, end in calls_in(text)
             if ARROW.match(text, end) and not hasattr(builtins, name)] if text else []
    calls += [(m.group(1), None) for m in re.finditer(
        r"(?:function|method|called|named|def)\s+[`'\"]?([a-z_]\w*[a-z0-9_])[`'\"]?\s*\(", text)]
    calls += [(m.group(1), None) for m in re.finditer(r"(?:called|named)\s+[`'\"]?([A-Za-z_]\w*)", text)]
    names = [n for n in names if n != "*"] or [name for name, _ in calls]
    if not names:
        return {"entry": "", "parameters": []}
    entry = names[0]
    counts = [len(node.args) for name, node in calls if name == entry and node is not None]
    return {"entry": entry, "kind": "class" if entry[:1].isupper() else "function",
            "parameters": [f"arg{i + 1}" for i in range(max(counts))] if counts else []}


# ---- examples in words -------------------------------------------------------------------------------------------

ARROW = re.compile(r"\s*(?:#\s*)?(?:=>|==>|===|==|=|->|-->|➞|→|⇒|➜|:|"
                   r"(?:should|must|will|would)\s+(?:return|be|give|output|equal)|returns|return|gives|yields|equals|evaluates\s+to|is)"
                   r"\s*(?:=>|->|:)?\s*", re.I)
WORDS = {"true": True, "false": False, "null": None, "none": None}


class Words(ast.NodeTransformer):
    def visit_Name(self, node):
        return ast.copy_location(ast.Constant(WORDS[node.id]), node) if node.id in WORDS else node


def constant(node):
    """The value of literals and their sums and products; raises ValueError for anything that would have to run."""
    node = Words().visit(node)
    for n in ast.walk(node):
        if isinstance(n, ast.BinOp) and isinstance(n.op, (ast.Pow, ast.LShift)):
            raise ValueError("may be large")
        if not isinstance(n, (ast.Constant, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.UnaryOp, ast.BinOp, ast.operator,
                              ast.unaryop, ast.expr_context)):
            if not (isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "set" and not n.args
                    and not n.keywords) and not (isinstance(n, ast.Name) and n.id == "set"):
                raise ValueError("no literal")
    try:
        return eval(compile(ast.Expression(ast.fix_missing_locations(node)), "", "eval"), {"__builtins__": {"set": set}})
    except (TypeError, ZeroDivisionError, ValueError, RecursionError, MemoryError) as e:
        raise ValueError(str(e))


def leading_value(text):
    """The longest value that a text begins with."""
    line = text.split("\n")[0].strip()
    if line[:1] in "[({" and line[:1]:
        line = text.strip()[:2000]
    ends = [i for i in range(len(line), 0, -1) if i == len(line) or not line[i - 1].isspace()][:400]
    for end in ends:
        piece = line[:end].rstrip().rstrip(".,;") if end == len(line) else line[:end].rstrip()
        try:
            return True, constant(ast.parse(piece, mode="eval").body), line[end:]
        except UNREADABLE:
            continue
    return False, None, line


def calls_in(text):
    """Calls written out in a text: name, arguments, where they end."""
    for m in re.finditer(r"(?<![\w.])([A-Za-z_]\w*)\(", text):
        tries = 0
        for i in range(m.end(), min(len(text), m.end() + 3000)):
            if text[i] == ")":
                tries += 1
                try:
                    node = ast.parse(text[m.start():i + 1], mode="eval").body
                except UNREADABLE:
                    if tries > 60:
                        break
                    continue
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    yield m.group(1), node, m.start(), i + 1
                break


def arguments(node):
    if node.keywords and any(k.arg is None for k in node.keywords):
        raise ValueError("**")
    bare = [a for a in node.args if isinstance(a, ast.Name) and a.id not in WORDS]
    if bare and len(bare) == len(node.args):
        # is_happy(aabb): words that the writer left without quotes
        return [a.id for a in node.args], {}
    return [constant(a) for a in node.args], {k.arg: constant(k.value) for k in node.keywords}


def by_doctest(text):
    try:
        for example in doctest.DocTestParser().get_examples(text):
            yield example.source.strip(), example.want.strip()
    except ValueError:
        # One bad prompt spoils the parser's reading of the whole text, so read it line by line.
        for m in re.finditer(r"^[ \t]*>>>[ \t]*(.+)\n[ \t]*([^\n>]+)$", text, re.M):
            yield m.group(1).strip(), m.group(2).strip()


def named_inputs(text, parameters):
    """'For lst = [1, 2] the output should be 3', 'Input: n = 5 ... Output: 1'."""
    name = "|".join(map(re.escape, parameters)) or "[a-z_]+"
    pattern = re.compile(
        r"(?:^|\n)[^\n]*?(?:\bfor\b|\binput\b\s*:?|\bif\b|\bgiven\b|\bwhen\b)\s*(?P<in>.+?)\s*[,;:]?\s*\n?\s*"
        r"(?:the\s+)?(?:output|result|answer|returns?|it)\b\s*(?:should|must|will|would)?\s*(?:be|return|is|=|:)*\s*(?P<out>[^\n]+)", re.I)
    for m in pattern.finditer(text):
        given = m.group("in").strip().rstrip(",:;")
        values = []
        pairs = list(re.finditer(r"\b(%s)\s*=\s*" % name, given))
        try:
            if pairs:
                named = {}
                for i, p in enumerate(pairs):
                    end = pairs[i + 1].start() if i + 1 < len(pairs) else len(given)
                    piece = re.sub(r"(\s+and|,)\s*$", "", given[p.end():end].strip())
                    named[p.group(1)] = constant(ast.parse(piece, mode="eval").body)
                values = [named[p] for p in parameters] if set(named) == set(parameters) else list(named.values())
            else:
                value = constant(ast.parse(given, mode="eval").body)
                values = list(value) if len(parameters) > 1 and isinstance(value, tuple) else [value]
        except UNREADABLE + (KeyError,):
            continue
        if len(values) != max(1, len(parameters)):
            continue
        found, expected, _ = leading_value(m.group("out"))
        if found:
            yield values, expected


def told_by(stub, entry):
    """What a stub says about the function in its docstring and comments."""
    tree = parsed(stub) or parsed(stub.rstrip() + "\n    pass\n")
    if tree is None:
        return stub
    comments = [l.strip().lstrip("# ") for l in stub.splitlines() if l.strip().startswith("#")]
    documents = [ast.get_docstring(n) or "" for n in ast.walk(tree) if isinstance(n, FUNCTIONS + (ast.ClassDef,))
                 and (not entry or n.name == entry)] + [ast.get_docstring(tree) or ""]
    return "\n".join(documents + comments)


def examples(request):
    """What a text says a function returns: calls with their values, as Python texts."""
    entry, parameters = request.get("entry", ""), request.get("parameters", [])
    text = told_by(request.get("stub", ""), entry) + "\n" + request.get("text", "")
    found, seen, aliases = [], set(), []

    def add(args, kwargs, expected, target, raises=""):
        inside = ", ".join([repr(a) for a in args] + [f"{k}={v!r}" for k, v in kwargs.items()])
        if len(inside) > 4000 or inside in seen:
            return
        seen.add(inside)
        target.append({"args": inside, "expected": repr(expected), "raises": raises})

    for source, want in by_doctest(text):
        try:
            node = ast.parse(source, mode="eval").body
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or entry and node.func.id != entry:
                continue
            args, kwargs = arguments(node)
        except UNREADABLE:
            continue
        if want.startswith("Traceback"):
            last = want.splitlines()[-1].split(":")[0].strip()
            if last.isidentifier():
                add(args, kwargs, None, found, last)
            continue
        ok, value, rest = leading_value(want)
        if ok and not rest.strip():
            add(args, kwargs, value, found)
    prose = re.sub(r"^[ \t]*>>>.*\n?.*$", "", text, flags=re.M) if found else text
    for name, node, start, end in calls_in(prose):
        m = ARROW.match(prose, end)
        if not m or prose[start - 4:start] == "def ":
            continue
        rest = prose[m.end():]
        ok, value, tail = leading_value(rest)
        if not ok:
            continue
        # '-> 19 - 5 - 6 = 8' works the value out: the last one is meant.
        while True:
            more = re.match(r"\s*=\s*", tail)
            if not more:
                break
            again, other, tail = leading_value(tail[more.end():])
            if not again:
                break
            value = other
        try:
            args, kwargs = arguments(node)
        except UNREADABLE:
            continue
        if parameters and len(args) + len(kwargs) > len(parameters):
            continue
        if not entry or name == entry:
            add(args, kwargs, value, found)
        elif not hasattr(builtins, name) and len(args) == len(parameters):
            aliases.append((args, kwargs, value))
    if not found:
        # The writer called the function by another name.
        for args, kwargs, value in aliases:
            add(args, kwargs, value, found)
    if not found:
        for args, value in named_inputs(text, parameters):
            add(args, {}, value, found)
    if any(e["expected"][0] == "[" for e in found) and any(e["expected"].isdigit() for e in found):
        # tri(1) = 3 beside tri(3) = [1, 3, 2]: the numbers define a sequence, only the list is what comes back.
        found = [e for e in found if not e["expected"].isdigit()]
    if any(e["expected"].startswith("(") for e in found):
        # ("Venus") is no tuple to Python, but it is to whoever writes tuples in the other examples.
        for e in found:
            if e["expected"][:1] in "'\"" and ("(" + e["expected"] + ")" in text or "(" + e["expected"].replace("'", '"') + ")" in text):
                e["expected"] = "(" + e["expected"] + ",)"
    return {"examples": found[:20]}
